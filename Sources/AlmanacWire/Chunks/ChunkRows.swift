import AlmanacModel

/// Puts columns together into changes, row by row.
enum ChunkRows {
    static func appendRecords(_ keys: ChunkKeys, _ columns: [Column], to changes: inout [RecordChange]) throws(WireError) {
        var columns = columns
        let alwaysPresent = columns.count { $0.isAlwaysPresent }
        for row in keys.ids.indices {
            var values: [FieldValue] = []
            values.reserveCapacity(alwaysPresent)
            for index in columns.indices {
                if let value = columns[index].next(row) { values.append(FieldValue(columns[index].field, value)) }
            }
            let (id, sequence) = try key(keys, row)
            guard let record = Record(collection: keys.collection, id: id, sequence: sequence, values: values) else {
                throw .notAscending("columns of a chunk")
            }
            guard CanonicalRecord.byteCount(of: record) <= Caps.record else { throw .tooLarge("record", cap: Caps.record) }
            changes.append(.whole(record))
        }
    }

    static func appendPatches(_ keys: ChunkKeys, _ columns: [Column], to changes: inout [RecordChange]) throws(WireError) {
        var columns = columns
        for row in keys.ids.indices {
            var fields: [PatchedField] = []
            fields.reserveCapacity(columns.count)
            var byteCount = 0
            for index in columns.indices {
                let (field, value) = (columns[index].field, columns[index].next(row))
                if let value { byteCount += CanonicalRecord.byteCount(of: FieldValue(field, value)) }
                fields.append(PatchedField(field, value))
            }
            guard byteCount <= Caps.record else { throw .tooLarge("record", cap: Caps.record) }
            let (id, sequence) = try key(keys, row)
            guard let patch = RecordPatch(collection: keys.collection, id: id, sequence: sequence, fields: fields) else {
                throw .notAscending("columns of a chunk")
            }
            changes.append(.patch(patch))
        }
    }

    static func appendTombstones(_ keys: ChunkKeys, to changes: inout [RecordChange]) throws(WireError) {
        for row in keys.ids.indices {
            let (id, sequence) = try key(keys, row)
            changes.append(.tombstone(Tombstone(collection: keys.collection, id: id, sequence: sequence)))
        }
    }

    private static func key(_ keys: ChunkKeys, _ row: Int) throws(WireError) -> (RecordID, AlmanacModel.Sequence) {
        guard let id = RecordID(keys.ids[row]) else { throw .outOfRange("record id") }
        return (id, AlmanacModel.Sequence(UInt64(clamping: keys.sequences[row])))
    }
}

import AlmanacModel

/// Single records, as the authority has them.
extension ReplicaSnapshot {
    /// The record and its stream; nil where it is not here.
    public func record(_ collection: CollectionID, _ id: RecordID) throws -> (record: AlmanacModel.Record, stream: StreamName)? {
        guard try tables.isExplained(collection) else { return nil }
        return try tables.table(collection).record(id).map(placed)
    }

    /// Every record of a collection, by id.
    public func forEachRecord(
        of collection: CollectionID, _ body: (AlmanacModel.Record, StreamName) throws -> Void
    ) throws {
        guard try tables.isExplained(collection) else { return }
        try tables.table(collection).forEach { stored in
            let (record, stream) = try placed(stored)
            try body(record, stream)
        }
    }

    /// The records whose field has this value, by id: fast for keys, references and UUIDs.
    public func records(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> [RecordID] {
        guard try tables.isExplained(collection) else { return [] }
        return try tables.table(collection).records(where: field, is: value)
    }

    private func placed(_ stored: StoredRecord) throws -> (record: AlmanacModel.Record, stream: StreamName) {
        (stored.record, try streamName(stored.stream))
    }
}

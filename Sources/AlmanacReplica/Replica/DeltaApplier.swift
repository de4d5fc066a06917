import AlmanacModel
import AlmanacWire

/// Applies windows, in the order received, inside the transaction of its writer.
final class DeltaApplier {
    private let writer: RecordWriter
    /// Tables may lack columns that the schema's records describe by now.
    private var isSchemaChanged = false
    private var needsViews = false
    private(set) var changeCount = 0
    /// The lowest sequence that came of each stream.
    private(set) var lowest: [StreamName: Sequence] = [:]

    init(_ writer: RecordWriter) { self.writer = writer }

    /// The schema's own records go first, so that the others find their columns.
    func apply(_ window: Window) throws {
        let stream = try writer.streams.streamCreating(window.stream)
        if let first = window.changes.lazy.map(\.sequence).min() {
            lowest[window.stream] = min(first, lowest[window.stream] ?? first)
        }
        for change in window.changes where change.collection.describesDataset {
            isSchemaChanged = true
            try apply(change, in: stream.key)
        }
        for change in window.changes where !change.collection.describesDataset {
            try migrateIfNeeded()
            try apply(change, in: stream.key)
        }
        changeCount += window.changes.count
    }

    /// After the last window: indexes and views follow a new schema, which has to be whole now.
    func finishTables() throws {
        try migrateIfNeeded()
        guard needsViews else { return }
        let schema = try SchemaReader.schema(writer.tables, malformed: ReplicaError.deltaDoesNotFit)
        try SchemaMigrator(tables: writer.tables).updateIndexesAndViews(schema)
    }

    private func migrateIfNeeded() throws {
        guard isSchemaChanged else { return }
        try SchemaMigrator(tables: writer.tables).updateTables()
        isSchemaChanged = false
        needsViews = true
    }

    private func apply(_ change: RecordChange, in stream: StreamKey) throws {
        switch change {
        case .whole(let record): try apply(record, in: stream)
        case .patch(let patch): try apply(patch, in: stream)
        case .tombstone(let tombstone): try apply(tombstone, in: stream)
        }
    }

    private func apply(_ record: Record, in stream: StreamKey) throws {
        let new = StoredRecord(record: record, stream: stream, history: RecordHistory(born: record.sequence))
        if try writer.insertIfAbsent(new) { return }
        guard let old = try writer.stored(record.collection, record.id) else {
            throw ReplicaError.damaged("record \(record.id) of collection \(record.collection) is there and cannot be found")
        }
        guard old.record.sequence < record.sequence else { return }
        try requireSameColumn(old.record, record)
        try writer.replace(old, with: new)
    }

    private func apply(_ patch: RecordPatch, in stream: StreamKey) throws {
        guard let old = try writer.stored(patch.collection, patch.id) else {
            throw ReplicaError.deltaDoesNotFit("record \(patch.id) of collection \(patch.collection) should be here and is not")
        }
        guard old.record.sequence < patch.sequence else { return }
        guard old.stream == stream else {
            throw ReplicaError.deltaDoesNotFit("record \(patch.id) of collection \(patch.collection) is in another stream")
        }
        let history = (old.history ?? RecordHistory(born: old.record.sequence)).changing(
            patch.fields.map(\.field), at: patch.sequence)
        let patched = old.record.applying(patch)
        try requireSameColumn(old.record, patched)
        try writer.replace(old, with: StoredRecord(record: patched, stream: stream, history: history))
    }

    private func apply(_ tombstone: Tombstone, in stream: StreamKey) throws {
        let old = try writer.stored(tombstone.collection, tombstone.id)
        if let old, old.stream == stream {
            guard old.record.sequence < tombstone.sequence else { return }
            try requireSameColumn(old.record, nil)
            try writer.remove(old)
        }
        try writer.leaveTombstone(tombstone, of: old?.record, in: stream)
    }

    /// A schema only grows: the column that a field's record describes stays what it is, since values stand in it.
    private func requireSameColumn(_ old: Record, _ new: Record?) throws {
        guard old.collection == SystemSchema.field, let described = SchemaReader.column(old) else { return }
        let now = new.flatMap(SchemaReader.column)
        guard now?.collection == described.collection, now?.column == described.column else {
            throw ReplicaError.deltaDoesNotFit(
                "the schema: record \(old.id) of collection \(old.collection): field \(described.column.field) of collection "
                    + "\(described.collection) has changed its type or is gone")
        }
    }
}

extension Record {
    /// The record after a patch of it.
    func applying(_ patch: RecordPatch) -> Record {
        var patched: [FieldValue] = []
        var old = values[...]
        for field in patch.fields {
            while let first = old.first, first.field < field.field { patched.append(old.removeFirst()) }
            if old.first?.field == field.field { old.removeFirst() }
            if let value = field.value { patched.append(FieldValue(field.field, value)) }
        }
        // Both lists ascend, so their union does.
        return Record(collection: collection, id: id, sequence: patch.sequence, values: patched + old) ?? self
    }
}

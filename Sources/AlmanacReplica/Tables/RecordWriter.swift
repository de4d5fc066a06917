import AlmanacModel
import GRDB

/// Writes records so that tables, digests and, where the file serves others, the streams' order agree: the one place where they
/// change, for commits and for deltas alike.
final class RecordWriter {
    let tables: RecordTables
    let streams: StreamTable
    let entries: EntryTable?
    private let tombstones: TombstoneTable?
    private let keyFields = KeyFields()

    /// A local copy keeps the tombstones after `horizon`; none where that is nil.
    init(_ tables: RecordTables, horizon: Sequence? = nil) throws {
        self.tables = tables
        streams = try StreamTable(tables.database, counter: tables.counter)
        entries = tables.kind == .served ? EntryTable(tables.database, counter: tables.counter) : nil
        tombstones =
            tables.kind == .local
            ? horizon.map { TombstoneTable(tables.database, horizon: $0, counter: tables.counter) } : nil
    }

    func stored(_ collection: CollectionID, _ id: RecordID) throws -> StoredRecord? {
        try tables.table(collection).record(id)
    }

    /// Writes a record that is not there yet. False, and nothing written, if it is.
    func insertIfAbsent(_ new: StoredRecord) throws -> Bool {
        guard try tables.table(new.record.collection).insertIfAbsent(new) else { return false }
        try tombstones?.remove(new.record.collection, new.record.id, from: new.stream)
        try enter(new)
        return true
    }

    /// Writes a record over an older state of it.
    func replace(_ old: StoredRecord, with new: StoredRecord) throws {
        try leave(old)
        try tables.table(new.record.collection).replace(old, with: new)
        if old.stream != new.stream { try tombstones?.remove(new.record.collection, new.record.id, from: new.stream) }
        try enter(new)
    }

    /// Removes a record from the tables. Its tombstone is ``leaveTombstone(_:in:)``.
    func remove(_ old: StoredRecord) throws {
        try leave(old)
        try tables.table(old.record.collection).delete(old.record.id)
    }

    /// Notes that a record has left a stream, in place of what the stream knew of it. `last` is the record as it was, if it is known.
    func leaveTombstone(_ tombstone: Tombstone, of last: Record? = nil, in stream: StreamKey) throws {
        if let tombstones { try tombstones.put(tombstone, key: last.flatMap { try key($0) }, in: stream) }
        guard let entries else { return }
        if let earlier = try entries.tombstone(tombstone.collection, tombstone.id, in: stream) {
            guard earlier < tombstone.sequence else { return }
            try entries.remove(earlier, tombstone.collection, tombstone.id, from: stream)
        }
        try entries.put(
            EntryTable.Entry(sequence: tombstone.sequence, collection: tombstone.collection, id: tombstone.id, isTombstone: true),
            in: stream)
    }

    /// The readable key of a record; nil where its collection has none.
    private func key(_ record: Record) throws -> String? {
        guard let field = try keyFields.field(of: record.collection, tables), case .text(let text)? = record[field] else {
            return nil
        }
        return text.string
    }

    private func enter(_ new: StoredRecord) throws {
        let record = new.record
        try streams.stream(new.stream).add(record, using: streams.hasher)
        guard let entries else { return }
        if new.history?.born == record.sequence, let gone = try entries.tombstone(record.collection, record.id, in: new.stream) {
            try entries.remove(gone, record.collection, record.id, from: new.stream)
        }
        try entries.put(
            EntryTable.Entry(sequence: record.sequence, collection: record.collection, id: record.id, isTombstone: false),
            in: new.stream)
    }

    private func leave(_ old: StoredRecord) throws {
        try streams.stream(old.stream).subtract(old.record, using: streams.hasher)
        try entries?.remove(old.record.sequence, old.record.collection, old.record.id, from: old.stream)
    }
}

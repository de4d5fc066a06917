import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import GRDB

/// The making of one commit: reads the current state and collects changes, inside the transaction that will hold them.
///
/// A put that changes nothing leaves no trace; a session without changes makes no commit.
public final class CommitSession {
    /// The sequence that the commit will have.
    public let sequence: Sequence
    public internal(set) var schema: Schema

    let tables: RecordTables
    let writer: RecordWriter
    let ids: RecordIDs
    /// Whether it has changed anything: then it makes a commit.
    private(set) var hasChanges = false

    init(_ tables: RecordTables, sequence: Sequence) throws {
        self.sequence = sequence
        self.tables = tables
        ids = RecordIDs(tables)
        writer = try RecordWriter(tables)
        schema = try SchemaReader.schema(tables)
    }

    /// The commit after another one in the same transaction, which has ended.
    init(after other: CommitSession, sequence: Sequence) {
        self.sequence = sequence
        tables = other.tables
        ids = other.ids
        writer = other.writer
        schema = other.schema
    }

    // MARK: Reading

    public func record(_ collection: CollectionID, _ id: RecordID) throws -> AlmanacModel.Record? {
        try writer.stored(collection, id)?.record
    }

    /// The record whose field has this value, for unique fields: the one with the lowest id.
    public func find(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> RecordID? {
        try tables.table(collection).records(where: field, is: value).first
    }

    // MARK: Changing

    /// An id that no record of the collection ever had.
    public func newID(_ collection: CollectionID) throws -> RecordID { try ids.new(collection) }

    /// What a put did.
    public enum Outcome: Hashable, Sendable {
        case created, changed, unchanged
    }

    /// Writes a record's whole state. Values of null fields are left out; fields are ascending. Refuses the id of a record that is no
    /// longer there: ids are never used again.
    ///
    /// - Parameter placed: where it is to be, for the collections whose records are where their makers put them; nil for those whose
    ///   records are where the schema says.
    @discardableResult
    public func put(
        _ collection: CollectionID, _ id: RecordID, _ values: [FieldValue], in placed: StreamName? = nil
    ) throws -> Outcome {
        guard let record = Record(collection: collection, id: id, sequence: sequence, values: values) else {
            throw ReplicaError.refused("record \(id) of collection \(collection) has a field twice")
        }
        guard Self.fits(record) else {
            throw ReplicaError.refused("record \(id) of collection \(collection) is larger than \(ByteCount(Caps.record))")
        }
        let stream = try stream(of: record, placed)
        if let old = try writer.stored(collection, id) {
            return try change(old, to: record, in: writer.streams.streamCreating(stream).key)
        }
        try ids.use(id, of: collection)
        let key = try writer.streams.streamCreating(stream).key
        _ = try writer.insertIfAbsent(StoredRecord(record: record, stream: key, history: RecordHistory(born: sequence)))
        hasChanges = true
        return .created
    }

    /// Whether a record of these values is small enough to be kept.
    func fits(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue]) -> Bool {
        Record(collection: collection, id: id, sequence: sequence, values: values).map(Self.fits) ?? false
    }

    private static func fits(_ record: Record) -> Bool { CanonicalRecord.byteCount(of: record) <= Caps.record }

    private func change(_ old: StoredRecord, to record: Record, in stream: StreamKey) throws -> Outcome {
        let changed = old.record.fieldsDiffering(from: record)
        guard !changed.isEmpty || old.stream != stream else { return .unchanged }
        hasChanges = true
        guard old.stream == stream else {
            try writer.replace(old, with: StoredRecord(record: record, stream: stream, history: RecordHistory(born: sequence)))
            try writer.leaveTombstone(
                Tombstone(collection: record.collection, id: record.id, sequence: sequence), in: old.stream)
            return .changed
        }
        let history = (old.history ?? RecordHistory(born: old.record.sequence)).changing(changed, at: sequence)
        try writer.replace(old, with: StoredRecord(record: record, stream: stream, history: history))
        return .changed
    }

    /// Removes a record; its id is never used again. Nothing happens if it is not there. The schema only grows: its own records stay.
    public func delete(_ collection: CollectionID, _ id: RecordID) throws {
        guard let old = try writer.stored(collection, id) else { return }
        guard !collection.describesDataset else {
            throw ReplicaError.refused("record \(id) of collection \(collection) describes the dataset")
        }
        hasChanges = true
        try writer.remove(old)
        try writer.leaveTombstone(Tombstone(collection: collection, id: id, sequence: sequence), in: old.stream)
    }

    // MARK: Ending

    /// Saves the digests of the streams that changed; false if none did.
    func finish(salt: () throws -> Salt) throws -> Bool {
        let changed = writer.streams.changed
        for stream in changed { try writer.streams.save(stream, proof: stream.proof(salt: salt(), lastChange: sequence)) }
        if !changed.isEmpty { try ids.save() }
        return !changed.isEmpty
    }

    func root() throws -> Hash32 {
        guard let tree = try writer.streams.tree() else { throw ReplicaError.damaged("there is no stream") }
        return tree.root
    }
}

extension Record {
    /// The fields whose values differ, by id. Both lists of values ascend.
    func fieldsDiffering(from other: Record) -> [FieldID] {
        var differing: [FieldID] = []
        var mine = values[...]
        for theirs in other.values {
            while let first = mine.first, first.field < theirs.field { differing.append(mine.removeFirst().field) }
            guard let first = mine.first, first.field == theirs.field else {
                differing.append(theirs.field)
                continue
            }
            if first.value != theirs.value { differing.append(theirs.field) }
            mine.removeFirst()
        }
        return differing + mine.map(\.field)
    }
}

import AlmanacModel
import AlmanacWire

/// Whom an operation comes from, and what follows from that until a team changes: compared by identity.
public final class OperationAccess: Sendable {
    /// As the books have them now.
    public let person: Person
    public let openStreams: [StreamPattern]
    public let teams: Teams

    init(_ person: Person, openStreams: [StreamPattern], teams: Teams) {
        self.person = person
        self.openStreams = openStreams
        self.teams = teams
    }
}

/// What the rules may read of the authority while an operation is judged, in the transaction that will hold its effects. Nothing is
/// written through it.
public final class OperationContext {
    let session: CommitSession
    private let operations: OperationTable
    public let access: OperationAccess

    init(_ session: CommitSession, _ operations: OperationTable, _ access: OperationAccess) {
        self.session = session
        self.operations = operations
        self.access = access
    }

    public var schema: Schema { session.schema }

    /// A record and where it is.
    public func record(_ collection: CollectionID, _ id: RecordID) throws -> (record: AlmanacModel.Record, stream: StreamName)? {
        guard let stored = try stored(collection, id) else { return nil }
        return (stored.record, try session.writer.streams.stream(stored.stream).name)
    }

    /// The records whose field has this value, by id: for fields with an index.
    public func records(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> [RecordID] {
        guard schema.collection(collection) != nil else { return [] }
        return try session.tables.table(collection).records(where: field, is: value)
    }

    /// The record that an earlier operation has made; nil if there never was one.
    public func made(_ collection: CollectionID, by operation: UniqueID, index: Int) throws -> RecordID? {
        try operations.made(collection, by: operation, index: index)
    }

    /// The streams that the record has left, the last one first.
    public func streamsLeft(by id: RecordID, of collection: CollectionID) throws -> [StreamName] {
        guard let entries = session.writer.entries else { return [] }
        let keys = try session.tables.database.rows("SELECT id FROM almanac_stream", counter: session.tables.counter) {
            StreamKey(rawValue: $0.integer(0))
        }
        let left = try keys.compactMap { key in
            try entries.tombstone(collection, id, in: key).map { (key: key, sequence: $0) }
        }
        return try left.sorted { $0.sequence > $1.sequence }.map { try session.writer.streams.stream($0.key).name }
    }

    /// Who last changed a field of a record, or the record if no field is named, and when.
    public func lastChange(
        of field: FieldID?, in collection: CollectionID, _ id: RecordID
    ) throws -> (sequence: AlmanacModel.Sequence, author: Text)? {
        guard let stored = try stored(collection, id) else { return nil }
        let sequence = stored.lastChange(of: field)
        if sequence == session.sequence { return (sequence, Text(access.person.name)) }
        let header = try AuthoritySchema.header(of: sequence, in: session.tables.database, counter: session.tables.counter)
        return header.map { (sequence, $0.author) }
    }

    /// An id that no record of the collection ever had. It is given out again if the operation is rejected.
    public func newID(_ collection: CollectionID) throws -> RecordID { try session.newID(collection) }

    /// Whether a record of these values is small enough to be kept.
    public func fits(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue]) -> Bool {
        session.fits(collection, id, values)
    }

    /// Whether somebody of this name was ever invited.
    public func isPerson(_ name: String) throws -> Bool {
        try IdentityTables.isPerson(name, in: session.tables.database)
    }

    private func stored(_ collection: CollectionID, _ id: RecordID) throws -> StoredRecord? {
        guard schema.collection(collection) != nil else { return nil }
        return try session.writer.stored(collection, id)
    }
}

extension StoredRecord {
    fileprivate func lastChange(of field: FieldID?) -> AlmanacModel.Sequence {
        guard let history, let field else { return record.sequence }
        return history.changedSinceBorn.entries.first { $0.field == field }?.sequence ?? history.born
    }
}

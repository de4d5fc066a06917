import AlmanacModel

/// What a replica's readers are to see on top of it: rows that this device has made or changed and the authority has not given back yet.
///
/// It stands beside the file: TEMP tables and views of one connection, so that digests never see it.
public struct ReplicaOverlay: Hashable, Sendable {
    /// The state of the replica on which it lies; nothing else may lie below.
    public let cursor: Cursor
    /// By collection, which are those of the schema.
    public private(set) var tables: [CollectionID: Table] = [:]

    /// What differs in one collection.
    public struct Table: Hashable, Sendable {
        /// The replica's rows that are not to be seen: deleted or changed ones.
        public internal(set) var hidden: Set<RecordID> = []
        public internal(set) var rows: [Row] = []
    }

    /// A whole row.
    public struct Row: Hashable, Sendable {
        /// Negative for a record that the authority has given no id yet.
        public let id: Int64
        public let stream: StreamName
        public let sequence: AlmanacModel.Sequence
        /// What is not there is null. A reference to a record without id is that record's negative number.
        public let values: [FieldID: RawQuery.Cell]

        public init(id: Int64, stream: StreamName, sequence: AlmanacModel.Sequence, values: [FieldID: RawQuery.Cell]) {
            self.id = id
            self.stream = stream
            self.sequence = sequence
            self.values = values
        }
    }

    /// The connection reads another state than the one on which the overlay lies.
    public struct Outdated: Error {}

    public init(on cursor: Cursor) { self.cursor = cursor }

    public var isEmpty: Bool { tables.isEmpty }

    public mutating func hide(_ collection: CollectionID, _ id: RecordID) {
        tables[collection, default: Table()].hidden.insert(id)
    }

    public mutating func add(_ row: Row, to collection: CollectionID) { tables[collection, default: Table()].rows.append(row) }

    /// As a column of a replica holds it.
    public static func cell(_ value: Value) -> RawQuery.Cell {
        switch value {
        case .boolean(let value): .integer(value ? 1 : 0)
        case .integer(let value): .integer(value)
        case .decimal(let value): .real(value.double)
        case .text(let value): .text(value.string)
        case .date(let value): .text(value.description)
        case .instant(let value): .text(value.description)
        case .uuid(let value): .text(value.description)
        case .bytes(let value): .blob(value)
        case .textSet(let value): .text(JSONTextArray.encode(value))
        case .reference(let value): .integer(value.rawValue)
        case .unknown(let value): .blob(value.bytes)
        }
    }
}

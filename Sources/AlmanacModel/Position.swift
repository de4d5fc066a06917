/// A place in a stream's order of records and tombstones: by sequence, then collection, then record id.
///
/// A pull goes on after its position. The position before everything is ``start``.
public struct Position: Hashable, Comparable, Sendable {
    public let sequence: Sequence
    /// Zero only in positions that stand before every record of their sequence.
    public let collection: UInt32
    /// Zero only in positions that stand before every record of their collection.
    public let record: Int64

    public init(sequence: Sequence, collection: CollectionID, record: RecordID) {
        self.sequence = sequence
        self.collection = collection.rawValue
        self.record = record.rawValue
    }

    /// After everything of this sequence: where a replica stands whose cursor it is.
    public init(after sequence: Sequence) {
        self.sequence = sequence
        collection = .max
        record = .max
    }

    /// As read from the wire. Nil where a number is out of the range that a store can hold.
    public init?(sequence: UInt64, collection: UInt64, record: UInt64) {
        guard sequence <= Sequence.max.rawValue, collection <= UInt64(UInt32.max), record <= UInt64(Int64.max) else { return nil }
        self.sequence = Sequence(sequence)
        self.collection = UInt32(collection)
        self.record = Int64(record)
    }

    /// Before the first record.
    public static let start = Position(before: .zero)

    private init(before sequence: Sequence) {
        self.sequence = sequence
        collection = 0
        record = 0
    }

    public static func < (lhs: Position, rhs: Position) -> Bool {
        (lhs.sequence, lhs.collection, lhs.record) < (rhs.sequence, rhs.collection, rhs.record)
    }
}

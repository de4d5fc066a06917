import AlmanacModel

/// Why changes do not become windows.
public enum WindowEncodingError: Error, Hashable, Sendable {
    /// A record's canonical bytes are above the cap.
    case recordTooLarge(CollectionID, RecordID, byteCount: Int, cap: Int)
    /// A text, bytes or a set is above its cap.
    case valueTooLarge(CollectionID, RecordID, FieldID, cap: Int)
    /// The changes are not strictly in the order of their positions.
    case notInOrder(Position)
    /// The change is not between base and head.
    case outsideWindow(Position)
    /// The base is not below the head, or the head is beyond all sequences.
    case headOutOfRange(AlmanacModel.Sequence)
}

extension WindowEncodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .recordTooLarge(let collection, let record, let count, let cap):
            "Record \(record) of collection \(collection) has \(count) bytes; the cap is \(cap)."
        case .valueTooLarge(let collection, let record, let field, let cap):
            "Field \(field) of record \(record) of collection \(collection) is above the cap of \(cap)."
        case .notInOrder(let position): "The change at \(position) is not behind the one before it."
        case .outsideWindow(let position): "The change at \(position) is not between the base and the head."
        case .headOutOfRange(let head): "There are no changes up to the head \(head)."
        }
    }
}

import AlmanacModel

/// What of a dataset an operation is about: by this an outbox finds those that a reader needs without decoding the others.
public struct OperationScope: OptionSet, Hashable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The records of the data package.
    public static let dataset = OperationScope(rawValue: 1)
    public static let teams = OperationScope(rawValue: 2)
    public static let annotations = OperationScope(rawValue: 4)
    /// Conflicts, and what describes the dataset.
    public static let others = OperationScope(rawValue: 8)

    public static let everything: OperationScope = [.dataset, .teams, .annotations, .others]

    /// The part that a collection belongs to.
    public init(of collection: CollectionID) {
        self =
            switch collection {
            case TeamSchema.collection: .teams
            case AnnotationSchema.collection: .annotations
            default: collection.isSystem ? .others : .dataset
            }
    }

    /// The parts whose records it names to make, change or remove them.
    public init(of operation: Operation) {
        self = operation.changes.reduce(into: []) { scope, change in scope.formUnion(OperationScope(of: change.collection)) }
    }

    /// As a file lists all those that share something with this one.
    var overlapping: String {
        (1...Self.everything.rawValue).filter { $0 & rawValue != 0 }.map(String.init).joined(separator: ", ")
    }
}

extension Change {
    fileprivate var collection: CollectionID {
        switch self {
        case .make(let collection, _, _): collection
        case .edit(let name, _), .delete(let name, _), .move(let name, _, _), .see(let name, _): name.collection
        }
    }
}

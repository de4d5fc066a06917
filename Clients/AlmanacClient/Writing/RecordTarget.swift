import AlmanacModel
import AlmanacReplica

/// A record, or one field of it, that somebody names.
public struct RecordTarget: Hashable, Sendable {
    public let collection: Collection
    public let record: WorkingRecord
    public let field: Field?
    /// As it can be asked for again: `cluster/tokyo-yokohama`, `cluster_ranks/gii-2025/tokyo-yokohama`, `observations/1234`.
    public let name: String

    public init(collection: Collection, record: WorkingRecord, field: Field?, name: String) {
        self.collection = collection
        self.record = record
        self.field = field
        self.name = name
    }

    /// With the field, for people: `cluster_ranks/gii-2025/tokyo-yokohama, rank`.
    public var title: String { field.map { "\(name), \($0.name)" } ?? name }

    /// As an annotation names it beside its collection.
    var number: ProposedValue {
        switch record.name {
        case .id(_, let id): .value(.integer(id.rawValue))
        case .made(_, let operation, let index): .made(by: operation, index: index)
        }
    }
}

import AlmanacModel
import AlmanacReplica

/// Whether a record is about another one: it is the record itself, refers to it, or refers to one that does.
public struct RelatedRecords {
    private let working: any WorkingRecords
    private let subject: RecordName

    public init(_ working: any WorkingRecords, to subject: RecordName) {
        self.working = working
        self.subject = subject
    }

    /// How many references may lie between them: a rank refers to a cluster, and that to its subject.
    static let depth = 2

    public func contains(_ name: RecordName) throws -> Bool { try contains(name, depth: Self.depth) }

    private func contains(_ name: RecordName, depth: Int) throws -> Bool {
        if name == subject { return true }
        guard depth > 0, let collection = working.schema.collection(name.collection), let record = try working.record(name) else {
            return false
        }
        for field in collection.fields {
            guard let other = field.type.referencedCollection, case .reference(let id)? = record[field.id] else { continue }
            if try contains(.id(other, id), depth: depth - 1) { return true }
        }
        return false
    }
}

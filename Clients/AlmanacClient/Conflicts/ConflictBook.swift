import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// All conflicts that are here.
public struct ConflictBook: Sendable {
    /// By id.
    public let all: [Conflict]
    private let rights: Rights

    public init(_ authoring: Authoring) throws {
        rights = authoring.rights
        all = try authoring.working.records(of: ConflictSchema.collection).compactMap(Conflict.init).sorted { $0.id < $1.id }
    }

    public var open: [Conflict] { all.filter(\.isOpen) }

    /// Those that wait for this person, perhaps among others.
    public var waiting: [Conflict] { open.filter { $0.concerns(rights) } }

    /// The one called so, as in `c1`. Throws ``LookupError``.
    public func find(_ text: String) throws -> Conflict {
        let digits = text.lowercased().hasPrefix("c") ? text.dropFirst() : Substring(text)
        guard let id = Int64(digits).flatMap({ RecordID($0) }) else {
            throw LookupError.malformed(text, example: "c1", list: "almanac conflicts")
        }
        guard let found = all.first(where: { $0.id == id }) else {
            throw LookupError.unknown(text, what: "conflict", list: "almanac conflicts --all")
        }
        return found
    }
}

extension Context {
    /// How many open conflicts wait for this person; zero before the first sync.
    public func conflictCount() throws -> Int {
        guard try ReplicaStatus.replica(of: self) != nil else { return 0 }
        return try authoring { try ConflictBook($0).waiting.count }
    }
}

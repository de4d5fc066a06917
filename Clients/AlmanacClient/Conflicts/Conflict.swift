import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Two versions of one thing, both kept until somebody says which is to stand.
public struct Conflict: Hashable, Sendable {
    public let id: RecordID
    public let stream: StreamName
    /// What happened in between; nil for a kind of a newer authority.
    public let kind: ConflictKind?
    public let collection: CollectionID
    public let record: RecordID
    /// Nil where it is over the whole record.
    public let field: FieldID?
    /// A key, or the UUID of an annotation; nil where the record was gone.
    public let targetName: String?
    /// What the author of mine saw.
    public let base: String?
    /// What the author wrote; nil for nothing.
    public let mine: String?
    /// What stood in the record.
    public let server: String?
    public let author: String
    /// When mine was written, by its author's clock.
    public let made: Instant?
    public let serverAuthor: String?
    public let serverSequence: Sequence?
    public let isOpen: Bool
    public let kept: String?
    public let resolvedBy: String?

    /// Nil for a record that says nothing of a target.
    init?(_ record: WorkingRecord) {
        guard case .id(_, let id) = record.name else { return nil }
        func integer(_ field: FieldID) -> Int64? {
            if case .integer(let number)? = record[field] { number } else { nil }
        }
        func text(_ field: FieldID) -> String? {
            if case .text(let text)? = record[field] { text.string } else { nil }
        }
        guard
            let collection = integer(ConflictSchema.targetCollection).flatMap({ UInt64(exactly: $0) }).flatMap(CollectionID.init),
            let target = integer(ConflictSchema.targetRecord).flatMap({ RecordID($0) })
        else { return nil }
        self.id = id
        stream = record.stream
        kind = text(ConflictSchema.kind).flatMap { ConflictKind(rawValue: $0) }
        self.collection = collection
        self.record = target
        field = integer(ConflictSchema.targetField).flatMap { UInt64(exactly: $0) }.flatMap(FieldID.init)
        targetName = text(ConflictSchema.targetName)
        base = text(ConflictSchema.base)
        mine = text(ConflictSchema.mine)
        server = text(ConflictSchema.server)
        author = text(ConflictSchema.author) ?? "?"
        made = if case .instant(let made)? = record[ConflictSchema.made] { made } else { nil }
        serverAuthor = text(ConflictSchema.serverAuthor)
        serverSequence = integer(ConflictSchema.serverSequence).flatMap { UInt64(exactly: $0) }.map { Sequence($0) }
        isOpen = text(ConflictSchema.state) == ConflictState.open.rawValue
        kept = text(ConflictSchema.kept)
        resolvedBy = text(ConflictSchema.resolvedBy)
    }

    /// As people know it: `c1`.
    public var shortID: String { "c\(id)" }

    public var target: RecordName { .id(collection, record) }

    /// Whether this person can resolve it, or has written what is kept in it.
    public func concerns(_ rights: Rights) -> Bool {
        if author == rights.person || StreamName.person(rights.person) == stream { return true }
        if let team = stream.team { return rights.isMember(of: team) && rights.role >= .annotator }
        if let team = stream.rosterOfTeam { return rights.isOwner(of: team) || rights.role >= .administrator }
        return stream == .curation && rights.role >= .curator
    }
}

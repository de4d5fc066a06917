import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Resolves a conflict: each choice as the one operation that does it, the edit of the target and of the conflict together.
///
/// What is written goes from the value that the server has now, so whoever changes it meanwhile is not written over.
public struct ConflictResolution {
    let conflict: Conflict
    let authoring: Authoring
    private let id: UniqueID
    private let now: Instant
    /// For a new annotation, where the conflict does not tell.
    let team: String?

    public init(_ conflict: Conflict, _ authoring: Authoring, team: String? = nil, id: UniqueID, now: Instant) {
        self.conflict = conflict
        self.authoring = authoring
        self.team = team
        self.id = id
        self.now = now
    }

    /// `text` is what an edit makes of both. Throws ``ConflictError`` and ``WritingError``.
    public func resolve(_ choice: ConflictChoice, text: String? = nil) throws -> Resolution {
        guard conflict.isOpen else {
            throw ConflictError.resolved(conflict.shortID, by: conflict.resolvedBy, kept: conflict.kept)
        }
        guard let kind = conflict.kind else { throw ConflictError.unknownKind(conflict.shortID) }
        if choice == .server { return try propose([], .server, words: staying(kind)) }
        return switch kind {
        case .value: try value(choice, text)
        case .deleted where conflict.field != nil, .moved where conflict.field != nil: try again(choice, text)
        case .changed: try deletion(choice)
        case .deleted, .moved: try leaving(choice)
        }
    }

    private func staying(_ kind: ConflictKind) -> String {
        switch kind {
        case .value: "the server's \(what) kept"
        case .deleted: "it stays deleted"
        case .moved: "it stays where it is now"
        case .changed: "it stays, as it was changed"
        }
    }

    // MARK: Two values

    private func value(_ choice: ConflictChoice, _ text: String?) throws -> Resolution {
        guard let record = try authoring.working.record(conflict.target) else { return try again(choice, text) }
        let (collection, field) = try place()
        switch choice {
        case .server: return try propose([], .server, words: staying(.value))
        case .mine:
            let mine = try self.value(conflict.mine, of: field, in: collection)
            return try propose(edit(record, field, to: mine), .mine, words: "\(whose) \(what) replaces the server's")
        case .edit:
            let new = try self.value(text, of: field, in: collection)
            return try propose(edit(record, field, to: new), .edit, words: "the new \(what) replaces both")
        case .both:
            guard collection.id == AnnotationSchema.collection, field.id == AnnotationSchema.text, let mine = conflict.mine else {
                throw ConflictError.notBoth(conflict.shortID, what: "a \(what)")
            }
            return try propose(
                [reply(mine, to: record)], .both,
                words: "the server's text kept; \(isOwn ? "yours" : "\(conflict.author)'s") became reply %made")
        }
    }

    private func edit(_ record: WorkingRecord, _ field: Field, to value: ProposedValue?) -> [Change] {
        let base = record.proposed(field.id)
        guard base != value else { return [] }
        if field.type == .textSet {
            let (old, new) = (Self.elements(base), Self.elements(value))
            let edit = FieldEdit.Kind.elements(added: TextSet(new.subtracting(old)), removed: TextSet(old.subtracting(new)))
            return [.edit(record.name, [FieldEdit(field.id, edit)])]
        }
        return [.edit(record.name, [FieldEdit(field.id, .value(base: base, new: value))])]
    }

    private static func elements(_ value: ProposedValue?) -> Set<Text> {
        if case .value(.textSet(let set))? = value { Set(set.elements) } else { [] }
    }

    private func reply(_ text: String, to record: WorkingRecord) -> Change {
        let parent: ProposedValue =
            switch record.name {
            case .id(_, let id): .value(.reference(id))
            case .made(_, let operation, let index): .made(by: operation, index: index)
            }
        return .make(
            AnnotationSchema.collection, in: record.stream,
            values: [
                ProposedField(AnnotationSchema.kind, AnnotationKind.note.value),
                ProposedField(AnnotationSchema.text, .text(Text(attributed(text)))),
                ProposedField(AnnotationSchema.parent, parent),
            ])
    }

    /// Whoever resolves is the author of what is made; whose words they are stands above them.
    func attributed(_ text: String) -> String { isOwn ? text : "\(conflict.author) wrote:\n\n\(text)" }

    // MARK: A record that is gone, or out of reach

    /// The text of an annotation becomes a new one; nothing else can be made of what is left.
    private func again(_ choice: ConflictChoice, _ text: String?) throws -> Resolution {
        guard choice != .both else { throw ConflictError.notBoth(conflict.shortID, what: "a record that is gone") }
        if let record = try authoring.working.record(conflict.target) { return try reached(record, choice, text) }
        guard conflict.collection == AnnotationSchema.collection, conflict.field == AnnotationSchema.text,
            let words = choice == .edit ? text : conflict.mine.map(attributed)
        else { throw ConflictError.outOfReach(conflict.shortID, what: "a record") }
        let change = Change.make(
            AnnotationSchema.collection, in: .team(try newTeam()),
            values: [
                ProposedField(AnnotationSchema.kind, AnnotationKind.note.value),
                ProposedField(AnnotationSchema.text, .text(Text(words))),
            ])
        return try propose([change], choice, words: "\(choice == .edit ? "the new" : whose) text became annotation %made")
    }

    /// It came back into reach.
    private func reached(_ record: WorkingRecord, _ choice: ConflictChoice, _ text: String?) throws -> Resolution {
        let (collection, field) = try place()
        let new = try value(choice == .edit ? text : conflict.mine, of: field, in: collection)
        return try propose(
            edit(record, field, to: new), choice, words: "\(choice == .edit ? "the new" : whose) \(what) replaces the server's")
    }

    private func newTeam() throws -> TeamName {
        if let team { return try authoring.team(named: team) }
        if let team = conflict.stream.team { return team }
        guard authoring.ownTeams.count == 1, let only = authoring.ownTeams.first else {
            throw ConflictError.needsTeam(conflict.shortID)
        }
        return only
    }

    // MARK: Deleting and moving

    /// What was to be deleted has changed.
    private func deletion(_ choice: ConflictChoice) throws -> Resolution {
        guard choice == .mine else { throw ConflictError.noEdit(conflict.shortID, what: "a deletion") }
        guard let record = try authoring.working.record(conflict.target) else {
            return try propose([], .mine, words: "it is deleted already")
        }
        return try propose([.delete(record.name, seen: record.values)], .mine, words: "it is deleted, as it stands now")
    }

    /// A deletion or a move of what was no longer where it was.
    private func leaving(_ choice: ConflictChoice) throws -> Resolution {
        guard choice == .mine else { throw ConflictError.noEdit(conflict.shortID, what: "a record that has left its place") }
        guard let record = try authoring.working.record(conflict.target) else {
            throw ConflictError.outOfReach(conflict.shortID, what: "a record")
        }
        guard let target = conflict.mine else { return try deletion(.mine) }
        guard let stream = StreamName(target) else { throw ConflictError.unknownKind(conflict.shortID) }
        let moves: [Change] = record.stream == stream ? [] : [.move(record.name, from: record.stream, to: stream)]
        return try propose(moves, .mine, words: "it is moved to \(stream)")
    }

    // MARK: Words and values

    private var isOwn: Bool { conflict.author == authoring.person }

    private var whose: String { isOwn ? "your" : "\(conflict.author)'s" }

    /// `text`, `rank`
    private var what: String { (try? place().1.name.rawValue) ?? "version" }

    private func place() throws -> (Collection, Field) {
        guard let collection = authoring.working.schema.collection(conflict.collection),
            let field = conflict.field.flatMap(collection.field)
        else { throw ConflictError.unknownKind(conflict.shortID) }
        return (collection, field)
    }

    /// What a conflict keeps as text; nil is null.
    private func value(_ text: String?, of field: Field, in collection: Collection) throws -> ProposedValue? {
        guard let text else { return nil }
        switch field.type {
        case .text where collection.id.isSystem: return .value(.text(Text(text)))
        case .textSet: return .value(.textSet(TextSet(text.split(separator: ", ").map { Text(String($0)) })))
        default: return .value(try ProposedText(authoring.working).value(text, of: field, in: collection))
        }
    }

    private func propose(_ changes: [Change], _ choice: ConflictChoice, words: String) throws -> Resolution {
        let closing = Change.edit(
            .id(ConflictSchema.collection, conflict.id),
            [
                FieldEdit(
                    ConflictSchema.state,
                    .value(base: .value(ConflictState.open.value), new: .value(ConflictState.resolved.value))),
                FieldEdit(ConflictSchema.kept, .value(base: nil, new: .value(choice.value))),
            ])
        let isOfDataset = changes.contains { if case .edit(let name, _) = $0 { !name.collection.isSystem } else { false } }
        let proposal = try authoring.propose(
            changes + [closing], message: isOfDataset ? Text("conflict \(conflict.shortID) resolved: \(words)") : nil,
            summary: "conflict \(conflict.shortID) resolved: \(choice.rawValue) kept", id: id, now: now)
        return Resolution(proposal: proposal, kept: choice.rawValue, words: words)
    }
}

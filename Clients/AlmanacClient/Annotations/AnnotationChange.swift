import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// What becomes of an annotation that is there: each as the operation that does it.
public struct AnnotationChange {
    private let annotation: Annotation
    private let shortID: String
    private let authoring: Authoring
    private let id: UniqueID
    private let now: Instant

    public init(_ annotation: Annotation, in book: AnnotationBook, _ authoring: Authoring, id: UniqueID, now: Instant) {
        self.annotation = annotation
        shortID = book.shortID(of: annotation)
        self.authoring = authoring
        self.id = id
        self.now = now
    }

    /// Who sees it now.
    public func audience() throws -> Audience? { try annotation.team.map { try authoring.audience(of: $0) } }

    public func reply(_ text: String, tags: [String] = []) throws -> Proposal {
        var values = [
            ProposedField(AnnotationSchema.kind, AnnotationKind.note.value),
            ProposedField(AnnotationSchema.text, .text(Text(text))),
            ProposedField(AnnotationSchema.parent, annotation.reference),
        ]
        if !tags.isEmpty { values.append(ProposedField(AnnotationSchema.tags, .textSet(TextSet(tags.map { Text($0) })))) }
        return try propose(
            .make(AnnotationSchema.collection, in: annotation.stream, values: values.sorted { $0.field < $1.field }),
            "reply to \(shortID)")
    }

    /// Nil leaves the text as it is. Throws ``WritingError/unchanged`` where nothing would become different.
    public func edit(text: String?, adding added: [String] = [], removing removed: [String] = []) throws -> Proposal {
        var edits: [FieldEdit] = []
        if let text, Text(text) != Text(annotation.text) {
            edits.append(FieldEdit(AnnotationSchema.text, .value(base: Self.text(annotation.text), new: Self.text(text))))
        }
        let present = Set(annotation.tags)
        let coming = Set(added).subtracting(present)
        let going = Set(removed).intersection(present).subtracting(added)
        if !coming.isEmpty || !going.isEmpty {
            edits.append(
                FieldEdit(
                    AnnotationSchema.tags,
                    .elements(added: TextSet(coming.map { Text($0) }), removed: TextSet(going.map { Text($0) }))))
        }
        guard !edits.isEmpty else { throw WritingError.unchanged }
        // A text that was written for one team is not shown to another to which the annotation has moved meanwhile.
        return try propose(
            [.see(annotation.name, in: annotation.stream), .edit(annotation.name, edits)], "edit of \(annotation.kind) \(shortID)"
        )
    }

    /// Resolves a thread, or opens it again.
    public func state(_ state: AnnotationState) throws -> Proposal {
        guard let present = annotation.state else {
            throw ClientError.usage("\(shortID) is a reply: a thread is resolved or reopened by its first annotation.")
        }
        guard present != state.rawValue else { throw WritingError.unchanged }
        let edit = FieldEdit(AnnotationSchema.state, .value(base: Self.text(present), new: .value(state.value)))
        return try propose(
            .edit(annotation.name, [edit]), state == .open ? "thread \(shortID) opened again" : "thread \(shortID) resolved")
    }

    /// Where its author changes it meanwhile, it stays, and the conflict is kept.
    public func delete() throws -> Proposal {
        let seen = [ProposedField(AnnotationSchema.text, .text(Text(annotation.text)))]
        return try propose(.delete(annotation.name, seen: seen), "\(annotation.kind) \(shortID) deleted")
    }

    /// Throws ``WritingError`` also where the other team is known not to be able to read what the annotation is about.
    public func move(to team: TeamName) throws -> Proposal {
        guard annotation.team != team else { throw WritingError.unchanged }
        let target = try annotation.anchor.flatMap { try authoring.working.record($0.target)?.stream }
        let audience = try authoring.audience(of: team, about: target)
        return try propose(
            .move(annotation.name, from: annotation.stream, to: .team(team)),
            "\(annotation.kind) \(shortID) moved to team \(team)",
            audience)
    }

    private func propose(_ change: Change, _ summary: String, _ audience: Audience? = nil) throws -> Proposal {
        try propose([change], summary, audience)
    }

    private func propose(_ changes: [Change], _ summary: String, _ audience: Audience? = nil) throws -> Proposal {
        try authoring.propose(
            changes, summary: summary, audience: audience ?? self.audience(),
            about: changes.contains(where: \.isMaking) ? nil : shortID, id: id, now: now)
    }

    private static func text(_ text: String) -> ProposedValue { .value(.text(Text(text))) }
}

extension Annotation {
    /// How another record refers to it.
    var reference: ProposedValue {
        switch name {
        case .id(_, let id): .value(.reference(id))
        case .made(_, let operation, let index): .made(by: operation, index: index)
        }
    }
}

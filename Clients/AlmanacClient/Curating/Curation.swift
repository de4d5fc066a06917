import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Changes of the dataset itself, each as one operation and so as one commit.
public struct Curation {
    private let authoring: Authoring
    private let id: UniqueID
    private let now: Instant

    public init(_ authoring: Authoring, id: UniqueID, now: Instant) {
        self.authoring = authoring
        self.id = id
        self.now = now
    }

    /// Fields of one record. Where its collection names sources, the source is one of them.
    public func set(
        _ target: RecordTarget, _ assignments: [Assignment], unset: [String], message: String, source: String?
    ) throws -> (Proposal, RecordEdit) {
        let cited = source.flatMap { source in
            assignments.contains { $0.field == Citation.field } ? nil : Citation.assignment(source, in: target.collection)
        }
        let edit = try RecordEdit(target, assignments + [cited].compactMap(\.self), unset: unset, authoring)
        let proposal = try propose([edit.change], message: Citation.message(message, source: source), summary: edit.summary)
        return (proposal, edit)
    }

    /// Removes a record. Where somebody changes it meanwhile it stays, and that is a conflict.
    public func remove(_ target: RecordTarget, message: String) throws -> Proposal {
        guard !target.collection.id.isSystem else { throw CuratingError.notOfDataset(target.name) }
        let change = Change.delete(target.record.name, seen: target.record.values)
        return try propose([change], message: Text(message), summary: "\(target.name) removed")
    }

    func operation(_ changes: [Change], _ message: Text) -> Operation? {
        Operation(id: id, time: now, message: message, changes: changes)
    }

    func propose(_ changes: [Change], message: Text, summary: String) throws -> Proposal {
        try authoring.propose(changes, message: message, summary: summary, id: id, now: now)
    }

    // MARK: Corrections

    /// What becomes of a correction that a curator takes over: the figure and the state of the annotation change together.
    public func accept(_ annotation: Annotation, called shortID: String, message: String?) throws -> Acceptance {
        let target = try figure(of: annotation, shortID)
        guard let correction = annotation.correction, let field = target.field else {
            throw CuratingError.notACorrection(shortID, kind: annotation.kind)
        }
        let edit = try edit(target, Assignment("\(field.name)=\(correction)"), source: annotation.source)
        let state = Change.edit(
            annotation.name,
            [
                FieldEdit(
                    AnnotationSchema.state,
                    .value(base: annotation.state.map { .value(.text(Text($0))) }, new: .value(AnnotationState.accepted.value)))
            ])
        let what = edit?.summary ?? "\(target.title) holds \(correction) already"
        let credit =
            annotation.author == authoring.person
            ? "correction by \(annotation.author)"
            : "correction by \(annotation.author), accepted by \(authoring.person)"
        let text = [message, "\(what); \(credit)"].compactMap(\.self).joined(separator: ": ")
        let proposal = try propose(
            [edit?.change, state].compactMap(\.self), message: Citation.message(text, source: annotation.source),
            summary: "correction \(shortID) accepted: \(what)")
        let seen = try annotation.anchor.flatMap { anchor in try AnchorReader(authoring).state(of: anchor).sentence(of: anchor) }
        return Acceptance(proposal: proposal, author: annotation.author, what: what, caveat: seen)
    }

    /// The figure that a correction is about, if it can be accepted at all.
    private func figure(of annotation: Annotation, _ shortID: String) throws -> RecordTarget {
        guard annotation.kind == AnnotationKind.correction.rawValue, let anchor = annotation.anchor else {
            throw CuratingError.notACorrection(shortID, kind: annotation.isReply ? "reply" : annotation.kind)
        }
        guard annotation.state != AnnotationState.accepted.rawValue else {
            throw CuratingError.closed(shortID, state: AnnotationState.accepted.rawValue)
        }
        guard let collection = authoring.working.schema.collection(anchor.collection),
            let record = try authoring.working.record(anchor.target)
        else { throw CuratingError.figureGone(anchor.name) }
        return RecordTarget(
            collection: collection, record: record, field: anchor.field.flatMap(collection.field), name: anchor.name)
    }

    /// Nil where the record says so already.
    private func edit(_ target: RecordTarget, _ assignment: Assignment?, source: String?) throws -> RecordEdit? {
        let cited = try source.flatMap { try Citation.knownAssignment($0, in: target.collection, authoring.working) }
        let wanted = [assignment, cited].compactMap(\.self)
        do {
            return try RecordEdit(target, wanted, unset: [], authoring)
        } catch WritingError.unchanged {
            return nil
        }
    }
}

/// A correction on its way into the dataset; not saved yet.
public struct Acceptance: Hashable, Sendable {
    public let proposal: Proposal
    /// Whose correction it is.
    public let author: String
    /// What becomes of the figure.
    public let what: String
    /// What has happened to the figure since the author saw it; nil if nothing.
    public let caveat: String?
}

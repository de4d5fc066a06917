import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire

/// Everything that there is to be told to this person now, told before or not.
struct NoticeFinder {
    private let authoring: Authoring
    private let annotations: AnnotationBook
    private let outbox: OutboxBook

    init(_ authoring: Authoring, _ annotations: AnnotationBook, _ outbox: OutboxBook) {
        self.authoring = authoring
        self.annotations = annotations
        self.outbox = outbox
    }

    func all() throws -> [Notice] { said() + (try conflicts()) + accepted() + (try figures()) + lost() + refused() }

    // MARK: What others said

    /// What replies to this person and mentions them too is told once.
    private func said() -> [Notice] {
        annotations.threads.flatMap { thread in
            thread.all.filter { $0.author != authoring.person && $0.pending == nil }.compactMap { said($0, in: thread) }
        }
    }

    private func said(_ annotation: Annotation, in thread: AnnotationThread) -> Notice? {
        let id = annotations.shortID(of: annotation)
        let key = annotation.id.description
        let words = "“\(Self.cut(annotation.opening))”"
        if annotation.isReply, let answered = answered(by: annotation, in: thread) {
            return Notice(
                .reply, about: id, key: key, "\(annotation.author) replied to \(annotations.shortID(of: answered)): \(words)")
        }
        guard annotation.mentions.contains(where: { Text($0) == Text(authoring.person) }) else { return nil }
        let place = annotation.anchor ?? thread.head.anchor
        let target = place.map { " on \($0.title(authoring.working.schema))" } ?? ""
        return Notice(.mention, about: id, key: key, "\(annotation.author) mentioned you in \(id)\(target): \(words)")
    }

    /// What of this person's an annotation replies to: its parent, else the thread that they began.
    private func answered(by annotation: Annotation, in thread: AnnotationThread) -> Annotation? {
        let candidates = [annotations.parent(of: annotation), thread.head]
        return candidates.compactMap(\.self).first { $0.author == authoring.person }
    }

    // MARK: What happened to what this person wrote

    private func conflicts() throws -> [Notice] {
        let text = ConflictText(authoring, annotations, now: .distantFuture)
        return try ConflictBook(authoring).waiting.map { conflict in
            let title = try text.title(conflict)
            let versions =
                conflict.author == authoring.person
                ? "yours and the server's are kept" : "\(conflict.author)'s and the server's are kept"
            return Notice(
                .conflict, about: conflict.shortID, key: conflict.id.description,
                "\(conflict.shortID) \(title): \(versions)")
        }
    }

    private func accepted() -> [Notice] {
        let heads = annotations.threads.map(\.head).filter {
            $0.author == authoring.person && $0.state == AnnotationState.accepted.rawValue
        }
        return heads.compactMap { annotation -> Notice? in
            guard let curator = annotation.closedBy, curator != authoring.person else { return nil }
            let id = annotations.shortID(of: annotation)
            let target = annotation.anchor.map { " on \($0.title(authoring.working.schema))" } ?? ""
            return Notice(
                .accepted, about: id, key: annotation.id.description, "\(curator) accepted your \(annotation.kind) \(id)\(target)"
            )
        }
    }

    /// Open annotations alone: what was settled is not news.
    private func figures() throws -> [Notice] {
        let anchors = AnchorReader(authoring)
        return try annotations.threads.map(\.head).filter { $0.author == authoring.person && $0.isOpen }.compactMap {
            annotation in
            guard let anchor = annotation.anchor else { return nil }
            let state = try anchors.state(of: anchor)
            guard state.isStale || state == .gone, let sentence = state.sentence(of: anchor) else { return nil }
            let id = annotations.shortID(of: annotation)
            return Notice(
                state == .gone ? .orphan : .revised, about: id, key: annotation.id.description, state: sentence,
                "\(id) on \(anchor.title(authoring.working.schema)): \(sentence)")
        }
    }

    /// Replies whose threads somebody has deleted meanwhile.
    private func lost() -> [Notice] {
        annotations.threads.map(\.head).filter { $0.author == authoring.person && annotations.hasLostThread($0) }.map {
            let id = annotations.shortID(of: $0)
            return Notice(
                .orphan, about: id, key: $0.id.description,
                "your reply \(id) stands alone: \(AnnotationBook.lostThread).  See: almanac annotations \(id)")
        }
    }

    private func refused() -> [Notice] {
        outbox.entries.compactMap { entry -> Notice? in
            guard case .refused(let rejection) = outbox.progress(of: entry) else { return nil }
            let id = outbox.shortID(of: entry)
            return Notice(
                .rejected, about: id, key: entry.id.description, "\(id) (\(entry.summary)) was refused: \(rejection.sentence)")
        }
    }

    private static func cut(_ text: String) -> String { text.count > limit ? "\(text.prefix(limit))…" : text }

    /// In characters.
    private static let limit = 120
}

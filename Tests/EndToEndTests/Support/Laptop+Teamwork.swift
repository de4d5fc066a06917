import AlmanacClient
import AlmanacModel
import AlmanacRules
import Testing

/// What people do with each other, by the library that the commands use.
extension Laptop {
    /// Writes about a record of the dataset, for the only team; returns the annotation's id.
    @discardableResult
    func annotate(
        _ target: String, field: String? = nil, _ text: String, kind: AnnotationKind = .note, value: String? = nil,
        source: String? = nil
    ) throws -> UniqueID {
        let now = SystemClock.now()
        let proposal = try context.authoring { authoring in
            let annotation = try NewAnnotation(
                kind, of: TargetFinder(authoring.working).find(target, field: field), for: authoring.team(named: nil),
                value: value,
                source: source, in: authoring)
            return try annotation.proposal(text, authoring, id: .fresh(), now: now)
        }
        return try context.save(proposal, now: now).id
    }

    /// Changes an annotation, or replies to it.
    @discardableResult
    func change(_ id: UniqueID, _ body: (AnnotationChange) throws -> Proposal) throws -> SavedChange {
        let now = SystemClock.now()
        let proposal = try context.annotations { book, authoring in
            try body(AnnotationChange(book.find(id.description), in: book, authoring, id: .fresh(), now: now))
        }
        return try context.save(proposal, now: now)
    }

    /// Each annotation's text, with its thread's state; replies have none.
    func annotations() throws -> [String: String] {
        try context.annotations { book, _ in
            Dictionary(book.all.map { ($0.text, $0.state ?? "reply") }) { first, _ in first }
        }
    }

    func conflicts() throws -> [Conflict] { try context.authoring { try ConflictBook($0).waiting } }

    /// Returns what the command would say.
    @discardableResult
    func resolve(_ conflict: Conflict, _ choice: ConflictChoice, text: String? = nil) throws -> String {
        let now = SystemClock.now()
        let resolution = try context.authoring {
            try ConflictResolution(conflict, $0, id: .fresh(), now: now).resolve(choice, text: text)
        }
        return resolution.sentence(try context.save(resolution.proposal, now: now))
    }

    /// Changes the dataset.
    func curate(_ body: (Curation, Authoring) throws -> Proposal) throws {
        let now = SystemClock.now()
        let proposal = try context.authoring { try body(Curation($0, id: .fresh(), now: now), $0) }
        _ = try context.save(proposal, now: now)
    }

    func changeTeam(_ body: (TeamChange) throws -> Proposal) throws {
        let now = SystemClock.now()
        let proposal = try context.authoring { try body(TeamChange($0, id: .fresh(), now: now)) }
        _ = try context.save(proposal, now: now)
    }

    /// What is told after a sync.
    func news() throws -> [Notice] {
        var news: [Notice] = []
        try context.tellNotices(now: SystemClock.now()) { news += $0 }
        return news
    }
}

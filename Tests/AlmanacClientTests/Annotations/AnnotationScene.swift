import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import Testing

/// People who write annotations, in memory.
struct AnnotationScene {
    let records: MemoryRecords

    init() throws { records = try MemoryRecords.sample() }

    @discardableResult
    func write(
        _ text: String, on target: String = "clusters/1", field: String? = nil, kind: AnnotationKind = .note, tags: [String] = [],
        value: String? = nil, source: String? = nil, by person: String = "lea", role: Role = .annotator, team: String = "apac",
        at time: Int64 = 0
    ) throws -> UniqueID {
        let authoring = try records.authoring(person, role)
        let annotation = try NewAnnotation(
            kind, of: TargetFinder(records, names: TargetNames(collections: ["clusters"])).find(target, field: field),
            for: try #require(TeamName(team)), tags: tags, value: value, source: source, in: authoring)
        return try add(annotation.proposal(text, authoring, id: .fresh(), now: #require(Instant(milliseconds: time))), by: person)
    }

    @discardableResult
    func reply(_ text: String, to id: UniqueID, by person: String = "tom", at time: Int64 = 0) throws -> UniqueID {
        try add(change(id, by: person, at: time).reply(text), by: person)
    }

    func change(_ id: UniqueID, by person: String = "lea", role: Role = .annotator, at time: Int64 = 0) throws -> AnnotationChange
    {
        let authoring = try records.authoring(person, role)
        let book = try AnnotationBook(authoring)
        return AnnotationChange(
            try book.find(id.description), in: book, authoring, id: try .fresh(), now: try #require(Instant(milliseconds: time)))
    }

    func book(_ person: String = "lea") throws -> AnnotationBook { try AnnotationBook(records.authoring(person)) }

    /// As the authority completes it.
    private func add(_ proposal: Proposal, by person: String) throws -> UniqueID {
        let isReply = proposal.draft.summary.string.hasPrefix("reply")
        var values: [UInt64: Value] = [
            1: .uuid(proposal.id), 3: .text(Text(person)), 4: .instant(proposal.draft.operation.time),
        ]
        if !isReply { values[10] = .text("open") }
        try records.make(proposal, values)
        return proposal.id
    }
}

import AlmanacReplica

/// Finds subjects by what people call them: key, name, code or alias, with accents and case optional.
struct SubjectNames {
    private struct Entry {
        let subject: Subject
        let folded: FoldedText
    }

    private let entries: [Entry]

    init(_ dataset: DatasetReader) throws {
        let rows = try dataset.rows(
            """
            SELECT s.key, s.kind, s.name, s.name AS called FROM subjects AS s
            UNION ALL SELECT s.key, s.kind, s.name, a.alias FROM aliases AS a JOIN subjects AS s ON s.id = a.subject_id
            UNION ALL SELECT s.key, s.kind, s.name, e.code FROM economies AS e JOIN subjects AS s ON s.id = e.subject_id
            UNION ALL SELECT s.key, s.kind, s.name, e.alpha3 FROM economies AS e JOIN subjects AS s ON s.id = e.subject_id
            """)
        entries = rows.compactMap { row in
            guard let key = row.text("key"), let kind = row.text("kind").flatMap(SubjectKind.init), let name = row.text("name"),
                let called = row.text("called")
            else { return nil }
            return Entry(subject: Subject(key: key, kind: kind, name: name), folded: FoldedText(called))
        }
    }

    /// The one subject of these kinds with this name. A key (`place/tokyo`, `tokyo-yokohama`) goes before a name, and an earlier kind
    /// before a later one. Throws ``QuestionError``.
    func find(_ name: String, kinds: [SubjectKind] = SubjectKind.allCases) throws -> Subject {
        let among = entries.filter { kinds.contains($0.subject.kind) }
        if let exact = among.first(where: { $0.subject.key == name }) { return exact.subject }
        let folded = FoldedText(name)
        for kind in kinds {
            let ofKind = among.filter { $0.subject.kind == kind }
            if let byKey = ofKind.first(where: { $0.subject.key == "\(kind.rawValue)/\(name)" }) { return byKey.subject }
            let found = Set(ofKind.filter { $0.folded == folded }.map(\.subject))
            if found.count == 1, let only = found.first { return only }
            if found.count > 1 {
                throw QuestionError.ambiguousName(name, candidates: found.map(\.key).sorted())
            }
        }
        let what = kinds.count == 1 ? kinds[0].rawValue : "cluster, place, economy, organisation or programme"
        throw QuestionError.unknownName(name, kinds: what, near: near(folded, among))
    }

    /// Subjects of other kinds that have the same name.
    func others(called name: String, than subject: Subject) -> [Subject] {
        let folded = FoldedText(name)
        var seen: Set<Subject> = [subject]
        return entries.filter { $0.folded == folded }.map(\.subject).filter { seen.insert($0).inserted }
    }

    /// The names that share words or most letters, best first.
    private func near(_ folded: FoldedText, _ entries: [Entry]) -> [String] {
        let scored = entries.map { (score: Nearness.between(folded, $0.folded), entry: $0) }.filter { $0.score >= Nearness.near }
        var seen: Set<String> = []
        return scored.sorted { ($0.score, $1.entry.subject.key) > ($1.score, $0.entry.subject.key) }
            .map(\.entry.subject).filter { seen.insert($0.key).inserted }.prefix(5).map { "\($0.name) (\($0.key))" }
    }
}

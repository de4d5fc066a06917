import AlmanacReplica

/// What sources state of the concentration of a list, beside what its rows give.
struct StatedConcentration {
    let answer: Answer
    let contradictions: Set<String>

    /// Statements that name another edition are left out.
    init(_ list: ConcentrationList, in dataset: DatasetReader) throws {
        let found = try dataset.rows(
            """
            SELECT * FROM answer_concentration_stated
            WHERE among = ?1 AND measure = ?2 AND (edition = ?3 OR edition IS NULL) AND value IS NOT NULL ORDER BY statement
            """, .text(list.measure.among.rawValue), .text(list.measure.rawValue), .text(list.edition))
        let computed = try found.map { try Self.computed($0, list, dataset) }
        answer = Answer(
            kind: "stated_concentration", columns: Self.columns,
            rows: zip(found, computed).map { row, here in
                Self.columns.map { column in
                    switch column.name {
                    case "here": here.map { .text($0.shown) } ?? .null
                    case "here_value": here.map { .real($0.value) } ?? .null
                    default: row[column.name]
                    }
                }
            })
        contradictions = ContradictionNotes.keys(found)
    }

    private static let columns: [Answer.Column] = [
        .init("name", "of", .prose), .init("stated"), .init("here", "counted here", .prose), .init("source"), .init("statement"),
        .init("contradictions", "contradiction"), .init("figure", nil, .hidden), .init("value", nil, .hidden),
        .init("here_value", nil, .hidden), .init("qualifier", nil, .hidden), .init("precision", nil, .hidden),
        .init("says", nil, .hidden), .init("edition", nil, .hidden), .init("source_url", nil, .hidden),
    ]

    private typealias Computed = (value: Double, shown: String)

    private static func computed(_ row: DatasetRow, _ list: ConcentrationList, _ dataset: DatasetReader) throws -> Computed? {
        switch list.measure.among {
        case .clusters: try ofMembers(row, list, dataset)
        case .companies: row.text("figure") == "ratio" ? try ratio(list) : try share(row, list)
        }
    }

    /// The printed shares of those members of the group that have one.
    private static func ofMembers(_ row: DatasetRow, _ list: ConcentrationList, _ dataset: DatasetReader) throws -> Computed? {
        guard let group = row.text("group_key") else { return nil }
        let members = Set(
            try dataset.rows(
                """
                SELECT c.key AS key FROM group_members AS m JOIN clusters AS c ON c.subject_id = m.member_id WHERE m."group" = ?1
                """, .text(group)
            ).compactMap { $0.text("key") })
        let shares = list.rows.filter { members.contains($0.key) }.compactMap(\.worldShare)
        guard !shares.isEmpty else { return nil }
        let sum = try ExactSum(of: shares)
        let isWhole = shares.count == members.count
        return (
            sum.double, isWhole ? "\(sum.description) %" : "≥ \(sum.description) % (\(shares.count) of \(members.count) known)"
        )
    }

    private static func share(_ row: DatasetRow, _ list: ConcentrationList) throws -> Computed? {
        let values = list.rows.compactMap(\.value)
        guard let top = row.integer("top").flatMap({ Int(exactly: $0) }), top > 0, values.count >= top else { return nil }
        let (part, total) = (try ExactSum(of: values.prefix(top)).double, try ExactSum(of: values).double)
        guard total > 0 else { return nil }
        let share = (part / total * 100).rounded(places: 2)
        return (share, "\(FigureText.number(share)) % of the \(FigureText.number(Double(values.count))) listed")
    }

    /// The first ten against the next forty.
    private static func ratio(_ list: ConcentrationList) throws -> Computed? {
        let values = list.rows.compactMap(\.value)
        guard values.count >= 50 else { return nil }
        let (first, next) = (try ExactSum(of: values.prefix(10)).double, try ExactSum(of: values[10..<50]).double)
        guard next > 0 else { return nil }
        let ratio = (first / next).rounded(places: 2)
        return (ratio, "\(FigureText.number(ratio)) times")
    }
}

import AlmanacReplica

/// What the largest have together.
struct ConcentrationShares {
    let answer: Answer

    /// Throws ``ExactSum/Failure``.
    init(_ list: ConcentrationList) throws {
        let rows = list.measure.among == .clusters ? try Self.ofWorld(list) : try Self.ofList(list)
        let common: [String: Answer.Cell] = [
            "source": .text(list.sources), "measure": .text(list.measure.rawValue), "edition": .text(list.edition),
        ]
        answer = Answer(
            kind: "top_share", columns: Self.columns,
            rows: rows.map { row in Self.columns.map { row[$0.name] ?? common[$0.name] ?? .null } })
    }

    private static let columns: [Answer.Column] = [
        .init("top"), .init("shown_share", "share"), .init("value", "sum", .grouped), .init("unit"),
        .init("least", "down to"), .init("source"), .init("of", nil, .hidden), .init("share", nil, .hidden),
        .init("is_bound", nil, .hidden),
        .init("value_exact", nil, .hidden), .init("measure", nil, .hidden), .init("edition", nil, .hidden),
    ]

    private static let tops = [1, 2, 5, 10, 20, 50, 100, 500, 1_000]

    /// Printed shares of the world, added up: at least so much, while the list has gaps.
    private static func ofWorld(_ list: ConcentrationList) throws -> [[String: Answer.Cell]] {
        let known = list.rows.filter { $0.worldShare != nil }.sorted {
            ($0.worldShare ?? 0, $1.name) > ($1.worldShare ?? 0, $0.name)
        }
        return try sizes(known.count).map { top in
            let share = try ExactSum(of: known.prefix(top).compactMap(\.worldShare))
            return [
                "top": .integer(Int64(top)), "shown_share": .text("\(list.isWhole ? "" : "≥ ")\(share.description) %"),
                "of": .text("the world's \(list.measure.title)"), "least": .text(known[top - 1].name),
                "share": .real(share.double),
                "is_bound": .integer(list.isWhole ? 0 : 1),
            ]
        }
    }

    private static func ofList(_ list: ConcentrationList) throws -> [[String: Answer.Cell]] {
        let known = list.rows.filter { $0.value != nil }
        let total = try ExactSum(of: known.compactMap(\.value))
        return try sizes(known.count).map { top in
            let sum = try ExactSum(of: known.prefix(top).compactMap(\.value))
            let share = total.double > 0 ? (sum.double / total.double * 100).rounded(places: 2) : nil
            return [
                "top": .integer(Int64(top)), "shown_share": share.map { .text("\(FigureText.number($0)) %") } ?? .null,
                "of": .text("the \(FigureText.number(Double(known.count))) listed"),
                "value": .real(sum.double.rounded(places: 1)),
                "value_exact": .text(sum.description), "unit": .text(list.unit), "least": .text(known[top - 1].name),
                "share": share.map { .real($0) } ?? .null, "is_bound": .integer(0),
            ]
        }
    }

    /// The usual numbers, as far as rows are known, and all of them.
    private static func sizes(_ count: Int) -> [Int] { count == 0 ? [] : tops.filter { $0 < count } + [count] }
}

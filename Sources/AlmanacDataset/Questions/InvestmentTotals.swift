import AlmanacReplica

/// The sums of single projects, one for each currency; nothing that is a total, an average or a trend already.
struct InvestmentTotals {
    private let projects: [DatasetRow]
    private let others: Int
    private let amountless: Int

    init(_ rows: [DatasetRow]) {
        let projects = rows.filter { $0.text("scope") == "project" }
        self.projects = projects.filter { $0.real("amount") != nil && $0.text("currency") != nil }
        others = rows.count - projects.count
        amountless = projects.count - self.projects.count
    }

    func reply() throws -> Reply {
        let groups = Dictionary(grouping: projects) { $0.text("currency") ?? "" }
        let rows = try groups.keys.sorted().map { currency in
            let group = groups[currency] ?? []
            let sum = try ExactSum(of: group.compactMap { $0.real("amount") })
            let exact = group.count { ($0.text("precision") ?? "exact") == "exact" }
            let sources = Set(group.compactMap { $0.text("source") }).sorted().joined(separator: ", ")
            return [
                Answer.Cell.text(currency), .real(sum.double), .integer(Int64(group.count)), .integer(Int64(group.count - exact)),
                .text(sources), .text(sum.description),
            ]
        }
        return Reply(Answer(kind: "investment_total", columns: Self.columns, rows: rows), notes: notes)
    }

    private static let columns: [Answer.Column] = [
        .init("currency"), .init("total", "total", .grouped), .init("projects"), .init("inexact", "of them not exact"),
        .init("sources", "source"), .init("total_exact", nil, .hidden),
    ]

    private var notes: [String] {
        var notes = ["Single projects only, each currency by itself. Nothing says that these are all projects."]
        if others > 0 { notes.append("\(others) totals, averages and trends were left out: they would count projects twice.") }
        if amountless > 0 { notes.append("\(amountless) projects have no stated amount of money and are not in the sums.") }
        return notes
    }
}

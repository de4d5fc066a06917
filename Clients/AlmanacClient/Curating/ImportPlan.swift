import AlmanacModel
import AlmanacPackage

/// What an import would do; nothing is saved yet.
public struct ImportPlan {
    /// In the order in which they have to be carried out, each with the row that it comes from.
    public var rows: [PlannedRow] = []
    public var unchanged = 0
    public var report: ProblemReport

    init(report: ProblemReport) { self.report = report }

    public var changes: [Change] { rows.map(\.change) }

    public var made: Int { rows.count { $0.isNew } }

    public var edited: Int { rows.count - made }

    /// `3 new, 12 changed, 400 unchanged`
    public var summary: String {
        "\(Words.grouped(made)) new, \(Words.grouped(edited)) changed, \(Words.grouped(unchanged)) unchanged"
    }
}

/// What becomes of one row.
public struct PlannedRow: Hashable, Sendable {
    /// From 1.
    public let number: Int
    public let key: Text
    public let change: Change
    /// Field by field.
    public let differences: [ValueDifference]

    public var isNew: Bool { if case .make = change { true } else { false } }
}

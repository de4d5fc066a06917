/// Everything that is wrong with one or several tables: all counted, the first ones kept.
public struct ProblemReport: Hashable, Sendable {
    public static let defaultLimit = 20

    /// The first problems, at most ``limit``.
    public private(set) var problems: [ImportProblem] = []
    /// How many there are in all.
    public private(set) var total = 0
    /// How many rows of data were read, good and bad.
    public private(set) var rowCount = 0
    public let limit: Int

    public init(limit: Int = defaultLimit) { self.limit = limit }

    public var isEmpty: Bool { total == 0 }

    public mutating func add(_ problem: ImportProblem) {
        total += 1
        if problems.count < limit { problems.append(problem) }
    }

    public mutating func add(_ other: ProblemReport) {
        total += other.total
        rowCount += other.rowCount
        problems.append(contentsOf: other.problems.prefix(max(0, limit - problems.count)))
    }

    mutating func countRow() { rowCount += 1 }
}

extension ProblemReport: CustomStringConvertible {
    /// A line for each problem that was kept, and how many more there are.
    public var description: String {
        let more = total - problems.count
        let rest = more > 0 ? ["… and \(more) more (\(total) problems in all)"] : []
        return (problems.map(\.description) + rest).joined(separator: "\n")
    }
}

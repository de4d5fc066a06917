import AlmanacModel
import AlmanacReplica

/// Answers a user's own SQL from the replica, which it cannot change.
public struct ReplicaQuery: Sendable {
    private let context: Context
    private let views: [AnswerView]
    private let timeout: Duration

    public static let defaultTimeout = Duration.seconds(60)

    /// `views` can be asked beside what the replica has.
    public init(_ context: Context, views: [AnswerView] = [], timeout: Duration = ReplicaQuery.defaultTimeout) {
        self.context = context
        self.views = views
        self.timeout = timeout
    }

    /// Hands every row to the writer; returns how many there were.
    @discardableResult
    public func run(_ sql: String, into writer: inout some RowWriter) throws -> Int {
        let query = try context.openReplicaForReading(views: views)
        var output = writer
        var count = 0
        try query.run(sql, timeout: timeout) {
            try output.begin(ColumnNames.distinct($0))
        } row: { cells in
            count += 1
            try output.row(cells)
            return true
        }
        try output.end()
        writer = output
        return count
    }
}

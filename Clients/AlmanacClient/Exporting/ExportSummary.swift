import AlmanacModel

/// What was exported.
public struct ExportSummary: Sendable {
    /// The head of which every row is.
    public let cursor: Cursor
    /// Which streams the replica holds: records of others are not in the export.
    public let streams: [StreamName]
    /// In the order in which they were written.
    public let tables: [Table]

    public struct Table: Sendable {
        public let name: Identifier
        public let rowCount: Int
        /// Nil for what went to standard output.
        public let path: String?
        /// What is not there as it is in the replica.
        public let notes: [ExportNote]
    }

    public var rowCount: Int { tables.reduce(0) { $0 + $1.rowCount } }
}

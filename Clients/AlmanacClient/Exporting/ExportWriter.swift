import AlmanacReplica

/// Writes the rows of one collection.
protocol ExportWriter {
    mutating func begin() throws
    mutating func row(_ values: [SnapshotValue]) throws
    /// What was not written as it is.
    var notes: [ExportNote] { get }
}

/// In which form a dataset leaves.
public enum ExportFormat: String, Sendable, CaseIterable {
    case csv, ndjson
    /// A folder with a Frictionless data package, which imports as the same records.
    case datapackage
}

/// What is to be exported, and how.
public struct ExportRequest: Sendable {
    /// The names of collections; empty for all.
    public let collections: [String]
    public let format: ExportFormat
    /// Texts exactly as they are, also what a spreadsheet takes for a formula and what a terminal obeys.
    public let isRaw: Bool

    public init(collections: [String], format: ExportFormat, isRaw: Bool) {
        self.collections = collections
        self.format = format
        self.isRaw = isRaw
    }
}

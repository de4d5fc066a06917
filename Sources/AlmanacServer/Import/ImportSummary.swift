import AlmanacReplica

/// What an import did.
public struct ImportSummary: Sendable {
    /// Nil when nothing was new.
    public let commit: Commit?
    /// In the order of the package.
    public let tables: [Table]

    /// How one table fared.
    public struct Table: Hashable, Sendable {
        public let name: String
        public var created = 0
        public var changed = 0
        public var unchanged = 0
        public var deleted = 0

        mutating func count(_ outcome: CommitSession.Outcome) {
            switch outcome {
            case .created: created += 1
            case .changed: changed += 1
            case .unchanged: unchanged += 1
            }
        }
    }
}

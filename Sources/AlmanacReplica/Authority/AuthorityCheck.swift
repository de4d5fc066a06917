import AlmanacModel
import GRDB

/// Whether a dataset is what its commits made of it.
public struct AuthorityCheck: Sendable {
    /// What was found.
    public struct Report: Hashable, Sendable {
        public let recordCount: Int64
        public let commitCount: Int64
        public let findings: [Finding]

        public var isRight: Bool { findings.isEmpty }
    }

    /// Something that is not as a commit left it.
    public enum Finding: Hashable, Sendable, CustomStringConvertible {
        /// The file itself, or a row of it; the text is for people.
        case file(String)
        /// What is noted of a stream is not what its records are.
        case stream(StreamName)
        /// The order of a stream and its records do not agree; the text says where.
        case order(StreamName, String)
        /// The chain does not lead to this commit, or the commits do not ascend.
        case chain(Sequence)
        /// The head is not the last commit, or not what the streams lead to.
        case head(String)

        public var description: String {
            switch self {
            case .file(let what): what
            case .stream(let name): "stream \(name): its records are not what the last commit left"
            case .order(let name, let what): "stream \(name): \(what)"
            case .chain(let sequence): "commit \(sequence): the chain does not lead to it"
            case .head(let what): "the head: \(what)"
            }
        }
    }
}

extension AuthorityDatabase {
    /// Reads everything in one snapshot: SQLite's own structures, every record against its stream's digest and order, the order against
    /// the records, the chain over all commits, the tree of all streams against the head.
    public func check() throws -> AuthorityCheck.Report {
        try pool.read { database in
            var checker = try AuthorityChecker(database)
            checker.run()
            return checker.report
        }
    }
}

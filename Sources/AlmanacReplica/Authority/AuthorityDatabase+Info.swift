import AlmanacModel
import GRDB

extension AuthorityDatabase {
    /// What an operator wants to know of a stream.
    public struct StreamInfo: Hashable, Sendable {
        public let name: StreamName
        public let count: Int64
        public let lastChange: Sequence
    }

    /// The streams that ever had a record, by name.
    public func streams() throws -> [StreamInfo] {
        try pool.read { database in
            try database.rows("SELECT name, count, last_change FROM almanac_stream WHERE last_change > 0 ORDER BY name") { row in
                let what = "the state of a stream"
                guard let name = StreamName(try row.text(0, of: what)) else { throw ReplicaError.damaged(what) }
                return StreamInfo(name: name, count: try row.integer(1, of: what), lastChange: try row.sequence(2, of: what))
            }
        }
    }

    /// The header of the last commit.
    public func lastCommit() throws -> Commit? {
        try pool.read { database in
            try database.row("SELECT \(AuthoritySchema.commitColumns) FROM almanac_commit ORDER BY sequence DESC LIMIT 1") {
                try AuthoritySchema.commit($0)
            }
        }
    }
}

import AlmanacModel
import GRDB

extension AuthorityDatabase {
    /// All teams, by name.
    public func teams() throws -> Teams { try pool.read { try teamReader.teams($0) } }
}

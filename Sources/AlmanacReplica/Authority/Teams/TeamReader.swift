import AlmanacModel
import GRDB
import Synchronization

/// Reads all teams, and remembers them until a roster changes: who may read what is asked with every piece of every pull.
final class TeamReader: Sendable {
    /// What changes with every change of a roster.
    private struct Version: Equatable {
        let epoch: Epoch
        let rosters: Int64
        let lastChange: Int64
    }

    private let known = Mutex<(version: Version, teams: Teams)?>(nil)

    /// As the snapshot has them.
    func teams(_ database: Database) throws -> Teams {
        let version = try Self.version(database)
        if let known = known.withLock({ $0 }), known.version == version { return known.teams }
        let teams = try Self.read(RecordTables(database, kind: .served))
        known.withLock { $0 = (version, teams) }
        return teams
    }

    /// As the tables have them, for who has changed them without having committed.
    static func read(_ tables: RecordTables) throws -> Teams {
        var teams: [Team] = []
        try tables.table(TeamSchema.collection).forEach { stored in
            if let team = Team(stored.record) { teams.append(team) }
        }
        return Teams(teams)
    }

    /// The names of rosters lie between `roster/` and `roster0`, whose last byte is the next one.
    private static func version(_ database: Database) throws -> Version {
        let head = try AuthoritySchema.head(database)
        let version = try database.row(
            keeping: """
                SELECT count(*), ifnull(max(last_change), 0) FROM almanac_stream WHERE name > 'roster/' AND name < 'roster0'
                """
        ) { Version(epoch: head.epoch, rosters: $0.integer(0), lastChange: $0.integer(1)) }
        guard let version else { throw ReplicaError.damaged("the rosters") }
        return version
    }
}

import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire

/// Who has written what waits here, as far as this device can tell: it knows nobody's grants, but what it shows it was allowed to read.
struct PresumedAuthor {
    let author: OperationAuthor

    init(_ settings: ContextSettings, _ pending: [OutboxEntry], _ snapshot: ReplicaSnapshot) throws {
        var teams = try Self.teams(of: settings.person, snapshot)
        // Who has written into a team's stream is one of the team.
        let named = pending.compactMap { try? $0.operation.decode() }.flatMap(\.changes).flatMap(\.namedStreams)
        for team in named.compactMap(\.team) where teams[team] == nil { teams[team] = .member }
        let read = snapshot.state.streams.map { StreamPattern.exactly($0.name) }
        author = OperationAuthor(
            Rights(person: settings.person, role: settings.role, open: [.all], granted: read, teams: teams))
    }

    private static func teams(of person: String, _ snapshot: ReplicaSnapshot) throws -> [TeamName: TeamRole] {
        var teams: [TeamName: TeamRole] = [:]
        try snapshot.forEachRecord(of: TeamSchema.collection) { record, stream in
            guard let team = stream.rosterOfTeam else { return }
            let isIn = { (field: FieldID) in
                if case .textSet(let people)? = record[field] { people.elements.contains(Text(person)) } else { false }
            }
            if isIn(TeamSchema.owners) { teams[team] = .owner } else if isIn(TeamSchema.members) { teams[team] = .member }
        }
        return teams
    }
}

extension Change {
    fileprivate var namedStreams: [StreamName] {
        switch self {
        case .make(_, let stream, _): stream.map { [$0] } ?? []
        case .move(_, let from, let to): [from, to]
        case .see(_, let stream): [stream]
        case .edit, .delete: []
        }
    }
}

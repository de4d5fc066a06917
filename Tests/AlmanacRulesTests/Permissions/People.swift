import AlmanacModel
import AlmanacRules
import Testing

/// Whom the tests know: everybody reads the dataset.
enum People {
    static func with(_ role: Role, _ person: String = "lea", teams: [String: TeamRole] = [:]) throws -> WritePermission {
        var memberships: [TeamName: TeamRole] = [:]
        for (team, role) in teams { memberships[try #require(TeamName(team))] = role }
        return WritePermission(Rights(person: person, role: role, open: [.all], teams: memberships))
    }

    static func stream(_ name: String) throws -> StreamName { try #require(StreamName(name)) }

    static func record(_ collection: CollectionID, _ values: [FieldID: Value]) throws -> Record {
        let id = try #require(RecordID(7))
        let values = values.sorted { $0.key < $1.key }.map { FieldValue($0.key, $0.value) }
        return try #require(Record(collection: collection, id: id, sequence: Sequence(3), values: values))
    }
}

extension WritePermission {
    /// Nil where the change is allowed.
    func refusal(_ change: ResolvedChange) -> Refusal? {
        do throws(Refusal) {
            try check(change)
            return nil
        } catch {
            return error
        }
    }
}

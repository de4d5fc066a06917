import AlmanacModel
import GRDB

extension AuthorityDatabase {
    /// Everybody who was ever invited, by name.
    public func people(at now: Instant) throws -> [PersonStanding] {
        try pool.read { try IdentityTables.people(at: now, in: $0) }
    }

    /// Every device that ever enrolled, by person and name; of one person only, if one is named.
    public func devices(of person: String? = nil) throws -> [DeviceStanding] {
        try pool.read { try IdentityTables.devices(of: person, in: $0) }
    }

    /// Revokes a person's device of this name, or whose key begins so, or all of them: a server that is running cuts them off within
    /// seconds. With all devices the person's unused invitations are worth nothing either; new ones can be made.
    ///
    /// - Returns: what this has ended; a device that was revoked before stays as it was.
    /// - Throws: ``ReplicaError/refused(_:)`` where there is no such person or device, and where it may be one of several.
    public func revoke(
        _ name: String?, key: String? = nil, of person: String, by actor: AuditActor, at now: Instant
    ) throws -> Revocation {
        try pool.writeWithoutTransaction { database in
            var revocation = Revocation(devices: [], invitations: 0)
            try database.inTransaction(.immediate) {
                revocation = try IdentityTables.revoke(name, key: key, of: person, by: actor, at: now, in: database)
                return .commit
            }
            return revocation
        }
    }
}

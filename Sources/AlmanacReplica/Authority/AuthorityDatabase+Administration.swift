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

    /// Revokes a person's devices of this name, or all of them: a server that is running cuts them off within seconds. With all
    /// devices the person's unused invitations are worth nothing either; new ones can be made.
    ///
    /// - Returns: what this has ended; a device that was revoked before stays as it was.
    /// - Throws: ``ReplicaError/refused(_:)`` where there is no such person or device.
    public func revoke(_ name: String?, of person: String, at now: Instant) throws -> Revocation {
        try pool.writeWithoutTransaction { database in
            var revocation = Revocation(devices: [], invitations: 0)
            try database.inTransaction(.immediate) {
                revocation = try IdentityTables.revoke(name, of: person, at: now, in: database)
                return .commit
            }
            return revocation
        }
    }
}

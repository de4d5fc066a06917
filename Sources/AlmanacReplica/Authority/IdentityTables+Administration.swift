import AlmanacModel
import GRDB

extension IdentityTables {
    static func people(at now: Instant, in database: Database) throws -> [PersonStanding] {
        try database.rows(
            """
            SELECT p.name, p.role, p.grants,
                (SELECT count(*) FROM almanac_device AS d WHERE d.person = p.id AND d.revoked IS NULL),
                (SELECT count(*) FROM almanac_invitation AS i WHERE i.person = p.id AND i.fingerprint IS NULL AND i.expires > ?)
            FROM almanac_person AS p ORDER BY p.name
            """, [.instant(now)]
        ) { row in
            PersonStanding(
                person: try person(row), devices: Int(clamping: row.integer(3)), invitations: Int(clamping: row.integer(4)))
        }
    }

    static func devices(of person: String?, in database: Database) throws -> [DeviceStanding] {
        let condition = person == nil ? "" : "WHERE p.name = ?"
        return try database.rows(
            """
            SELECT p.name, p.role, p.grants, d.name, d.fingerprint, d.enrolled, d.revoked
            FROM almanac_device AS d JOIN almanac_person AS p ON p.id = d.person \(condition)
            ORDER BY p.name, d.name, d.enrolled
            """, person.map { [.text($0)] } ?? []
        ) { row in
            let what = "a device"
            let revoked = try row.optional(6) { try row.instant($0, of: what) }
            let device = Device(
                name: try row.text(3, of: what), person: try self.person(row), fingerprint: try row.fixed(4, of: what),
                isRevoked: revoked != nil)
            return DeviceStanding(device: device, enrolled: try row.instant(5, of: what), revoked: revoked)
        }
    }

    static func revoke(_ name: String?, of person: String, at now: Instant, in database: Database) throws -> Revocation {
        guard try database.row("SELECT 1 FROM almanac_person WHERE name = ?", [.text(person)], { _ in }) != nil else {
            throw ReplicaError.refused("there is nobody called \(person); almanacd people lists everybody")
        }
        let found = try devices(of: person, in: database).filter { name == nil || $0.device.name == name }
        if let name, found.isEmpty {
            throw ReplicaError.refused("\(person) has no device called \(name); almanacd devices lists them")
        }
        let ended = found.filter { $0.revoked == nil }
        for standing in ended {
            try database.run(
                "UPDATE almanac_device SET revoked = ? WHERE fingerprint = ?",
                [.instant(now), .fixed(standing.device.fingerprint)])
        }
        let invitations = name == nil ? try endInvitations(of: person, at: now, in: database) : 0
        return Revocation(devices: ended, invitations: invitations)
    }

    /// The unused ones expire now.
    private static func endInvitations(of person: String, at now: Instant, in database: Database) throws -> Int {
        try database.run(
            """
            UPDATE almanac_invitation SET expires = ? WHERE fingerprint IS NULL AND expires > ?
            AND person = (SELECT id FROM almanac_person WHERE name = ?)
            """, [.instant(now), .instant(now), .text(person)])
    }
}

import AlmanacModel
import AlmanacWire
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

    /// One device, told by its name, the beginning of its key, or both; all of the person's where neither is given.
    static func revoke(
        _ name: String?, key: String?, of person: String, by actor: AuditActor, at now: Instant, in database: Database
    ) throws -> Revocation {
        guard try database.row("SELECT 1 FROM almanac_person WHERE name = ?", [.text(person)], { _ in }) != nil else {
            throw ReplicaError.refused("there is nobody called \(person); almanacd people lists everybody")
        }
        let isOne = name != nil || key != nil
        let found = try devices(of: person, in: database).filter { standing in
            (name == nil || standing.device.name == name)
                && (key.map { standing.device.fingerprint.description.hasPrefix($0.lowercased()) } ?? true)
        }
        let ended = found.filter { $0.revoked == nil }
        if isOne, found.isEmpty || ended.count > 1 {
            let what = [name.map { "called \($0)" }, key.map { "whose key begins with \($0)" }].compactMap(\.self)
                .joined(separator: " and ")
            throw ReplicaError.refused(
                found.isEmpty ? "\(person) has no device \(what); almanacd devices lists them" : several(ended, what))
        }
        for standing in ended {
            try database.run(
                "UPDATE almanac_device SET revoked = ? WHERE fingerprint = ?",
                [.instant(now), .fixed(standing.device.fingerprint)])
            let detail = "device \(standing.device.name), key \(standing.device.fingerprint)"
            try AuditTable.add(AuditEntry(time: now, actor: actor, act: .revoked, person: person, detail: detail), in: database)
        }
        let invitations = !isOne ? try endInvitations(of: person, at: now, in: database) : 0
        if invitations > 0 {
            let detail = "open invitations: \(invitations)"
            try AuditTable.add(AuditEntry(time: now, actor: actor, act: .revoked, person: person, detail: detail), in: database)
        }
        return Revocation(devices: ended, invitations: invitations)
    }

    private static func several(_ devices: [DeviceStanding], _ what: String) -> String {
        let list = devices.map { "\($0.device.fingerprint.description.prefix(16)) (\($0.device.name), enrolled \($0.enrolled))" }
        let person = devices.first?.device.person.name ?? ""
        return "\(person) has \(devices.count) devices \(what), with the keys \(list.joined(separator: ", ")): "
            + "tell which one by --key and the beginning of its key; nothing was revoked"
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

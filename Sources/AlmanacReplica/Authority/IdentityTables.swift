import AlmanacModel
import AlmanacWire
import GRDB

/// People, devices and invitations. They never travel.
enum IdentityTables {
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE almanac_person (
                    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role INTEGER NOT NULL, grants TEXT NOT NULL
                );
                CREATE TABLE almanac_device (
                    fingerprint BLOB PRIMARY KEY, person INTEGER NOT NULL REFERENCES almanac_person (id), name TEXT NOT NULL,
                    enrolled INTEGER NOT NULL, revoked INTEGER
                ) WITHOUT ROWID;
                CREATE TABLE almanac_invitation (
                    secret_hash BLOB PRIMARY KEY, person INTEGER NOT NULL REFERENCES almanac_person (id), expires INTEGER NOT NULL,
                    fingerprint BLOB, certificates BLOB
                ) WITHOUT ROWID;
                """)
    }

    static func allowedDevices(in database: Database) throws -> Set<Hash32> {
        Set(
            try database.rows("SELECT fingerprint FROM almanac_device WHERE revoked IS NULL") {
                try $0.fixed(0, of: "a device") as Hash32
            })
    }

    static func isPerson(_ name: String, in database: Database) throws -> Bool {
        try database.row(keeping: "SELECT 1 FROM almanac_person WHERE name = ?", [.text(name)]) { _ in } != nil
    }

    static func device(_ fingerprint: Hash32, in database: Database) throws -> Device? {
        try database.row(
            keeping: """
                SELECT p.name, p.role, p.grants, d.name, d.revoked
                FROM almanac_device AS d JOIN almanac_person AS p ON p.id = d.person WHERE d.fingerprint = ?
                """,
            [.fixed(fingerprint)]
        ) { row in
            Device(
                name: try row.text(3, of: "the name of a device"), person: try person(row), fingerprint: fingerprint,
                isRevoked: row.storageClass(4) != .null)
        }
    }

    /// Redeems a secret for a key: nil when the secret is unknown, expired, or was redeemed for another key, and when the key is that
    /// of a revoked device or of another person's. The same key gets the same certificates again. `issue` is told which name the device
    /// is given: a key that is known keeps its own, and no two devices of a person that were not revoked have the same.
    static func redeem(
        _ secretHash: Hash32, for fingerprint: Hash32, device name: String, now: Instant, in database: Database,
        issue: (Device) throws -> [[UInt8]]
    ) throws -> Enrolment? {
        guard let stored = try invitation(secretHash, in: database) else { return nil }
        if let redemption = stored.redemption {
            guard redemption.fingerprint == fingerprint else { return nil }
            return Enrolment(person: stored.person, certificates: redemption.certificates)
        }
        guard now < stored.expires else { return nil }
        let known = try device(fingerprint, in: database)
        if let known { guard !known.isRevoked, known.person.name == stored.person.name else { return nil } }
        let name = try known?.name ?? DeviceNames.free(name, among: deviceNames(of: stored.person.name, in: database))
        let certificates = try issue(Device(name: name, person: stored.person, fingerprint: fingerprint, isRevoked: false))
        try database.run(
            "UPDATE almanac_invitation SET fingerprint = ?, certificates = ? WHERE secret_hash = ?",
            [.fixed(fingerprint), .blob(CertificateList.encode(certificates)), .fixed(secretHash)])
        try database.run(
            """
            INSERT INTO almanac_device (fingerprint, person, name, enrolled) SELECT ?, id, ?, ? FROM almanac_person WHERE name = ?
            ON CONFLICT (fingerprint) DO NOTHING
            """,
            [.fixed(fingerprint), .text(name), .instant(now), .text(stored.person.name)])
        try AuditTable.add(
            AuditEntry(
                time: now, actor: .device(name, of: stored.person.name), act: .enrolled, person: stored.person.name,
                detail: "device \(name), key \(fingerprint)"),
            in: database)
        return Enrolment(person: stored.person, certificates: certificates)
    }

    /// Those of devices that were not revoked.
    private static func deviceNames(of person: String, in database: Database) throws -> Set<String> {
        Set(try devices(of: person, in: database).filter { $0.revoked == nil }.map(\.device.name))
    }

    private struct StoredInvitation {
        let person: Person
        let expires: Instant
        /// Nil while the secret is unused.
        let redemption: (fingerprint: Hash32, certificates: [[UInt8]])?
    }

    private static func invitation(_ secretHash: Hash32, in database: Database) throws -> StoredInvitation? {
        let what = "an invitation"
        return try database.row(
            """
            SELECT p.name, p.role, p.grants, i.expires, i.fingerprint, i.certificates
            FROM almanac_invitation AS i JOIN almanac_person AS p ON p.id = i.person WHERE i.secret_hash = ?
            """,
            [.fixed(secretHash)]
        ) { row in
            let redemption = try row.optional(4) { column in
                (
                    fingerprint: try row.fixed(column, of: what) as Hash32,
                    certificates: try CertificateList.decode(row.blob(5, of: what))
                )
            }
            return StoredInvitation(person: try person(row), expires: try row.instant(3, of: what), redemption: redemption)
        }
    }

    /// Of the first three columns.
    static func person(_ row: BulkStatement) throws -> Person {
        let what = "a person"
        guard let role = UInt8(exactly: try row.integer(1, of: what)).flatMap(Role.init) else { throw ReplicaError.damaged(what) }
        return Person(name: try row.text(0, of: what), role: role, grants: decode(try row.text(2, of: what)))
    }

    static func encode(_ grants: [StreamPattern]) -> String { grants.map(\.description).joined(separator: " ") }

    /// What is no pattern grants nothing.
    private static func decode(_ grants: String) -> [StreamPattern] {
        grants.split(separator: " ").compactMap { StreamPattern($0) }
    }
}

/// Certificates in one blob, each behind its length.
package enum CertificateList {
    package static func encode(_ certificates: [[UInt8]]) -> [UInt8] {
        var writer = WireWriter()
        for certificate in certificates { writer.bytes(certificate) }
        return writer.bytes
    }

    package static func decode(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var reader = WireReader(bytes)
        var certificates: [[UInt8]] = []
        while reader.remaining > 0 {
            guard let certificate = try? reader.bytes("certificate") else { throw ReplicaError.damaged("a certificate") }
            certificates.append(certificate)
        }
        return certificates
    }
}

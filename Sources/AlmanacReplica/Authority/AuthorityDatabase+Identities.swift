import AlmanacModel
import AlmanacWire
import GRDB

extension AuthorityDatabase {
    /// Adds an invitation, and its person if there is none of that name: a reader without grants unless others are named. An existing
    /// person keeps what the invitation does not name.
    ///
    /// - Throws: ``ReplicaError/refused(_:)`` for a new name after which no stream could be named, or the same as after another's.
    @discardableResult
    public func add(_ invitation: Invitation, by actor: AuditActor, at now: Instant) throws -> InvitationOutcome {
        try pool.writeWithoutTransaction { database in
            var outcome: InvitationOutcome?
            try database.inTransaction(.immediate) {
                outcome = try IdentityTables.add(invitation, by: actor, at: now, in: database)
                return .commit
            }
            guard let outcome else { throw ReplicaError.refused("the invitation was not stored") }
            return outcome
        }
    }

    /// The device that holds a key; nil if nobody enrolled it.
    public func device(_ fingerprint: Hash32) throws -> Device? {
        try pool.read { try IdentityTables.device(fingerprint, in: $0) }
    }

    /// The keys of all devices that were not revoked.
    public func allowedDevices() throws -> Set<Hash32> { try pool.read { try IdentityTables.allowedDevices(in: $0) } }

    /// The head, and which of these keys' devices there are.
    public func standings(of fingerprints: Set<Hash32>) throws -> Standings {
        try pool.read { try Self.standings(of: fingerprints, $0) }
    }

    /// The same, and what readers may read of which streams.
    public func readingRights(of fingerprints: Set<Hash32>) throws -> ReadingRights {
        try pool.read { database in
            let (standings, streams) = (try Self.standings(of: fingerprints, database), try StreamTable.lastChanges(database))
            return ReadingRights(
                standings: standings, openStreams: try Self.openStreams(database), streams: streams.map(\.name),
                changedAtHead: Set(streams.filter { $0.sequence == standings.head.sequence }.map(\.name)),
                teams: try teamReader.teams(database))
        }
    }

    private static func standings(of fingerprints: Set<Hash32>, _ database: Database) throws -> Standings {
        var devices: [Hash32: Device] = [:]
        for fingerprint in fingerprints { devices[fingerprint] = try IdentityTables.device(fingerprint, in: database) }
        return Standings(head: try AuthoritySchema.head(database), devices: devices)
    }

    /// Redeems an invitation's secret for a key, at most once. Nil when the secret is unknown, expired, or was redeemed for another
    /// key, and when the key is that of a revoked device or of somebody else's; a client cannot tell these apart. The certificates are issued inside the
    /// transaction that notes them, for the name that the device is given: no two of a person's devices that were not revoked have the same.
    public func redeem(
        _ secretHash: Hash32, for fingerprint: Hash32, device: String, now: Instant, issue: (Device) throws -> [[UInt8]]
    ) throws -> Enrolment? {
        try pool.writeWithoutTransaction { database in
            var enrolment: Enrolment?
            try database.inTransaction(.immediate) {
                enrolment = try IdentityTables.redeem(
                    secretHash, for: fingerprint, device: device, now: now, in: database, issue: issue)
                return .commit
            }
            return enrolment
        }
    }

    /// The streams that every reader may read, as the data package says.
    public func openStreams() throws -> [StreamPattern] { try pool.read { try Self.openStreams($0) } }

    static func openStreams(_ database: Database) throws -> [StreamPattern] {
        let tables = RecordTables(database, kind: .served)
        guard let id = RecordID(1), let package = try tables.table(SystemSchema.package).record(id)?.record,
            case .textSet(let patterns)? = package[SystemSchema.PackageField.openStreams]
        else { return [] }
        return patterns.elements.compactMap { StreamPattern($0.string) }
    }
}

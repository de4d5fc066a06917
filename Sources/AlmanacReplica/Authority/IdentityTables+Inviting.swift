import AlmanacModel
import GRDB

extension IdentityTables {
    /// Adds an invitation, and its person if there is none of that name.
    static func add(
        _ invitation: Invitation, by actor: AuditActor, at now: Instant, in database: Database
    ) throws -> InvitationOutcome {
        let invitee = invitation.invitee
        let before = try person(named: invitee.name, in: database)
        if before == nil { try requireOwnStream(invitee.name, in: database) }
        let person = Person(
            name: invitee.name, role: invitee.role ?? before?.role ?? .reader, grants: invitee.grants ?? before?.grants ?? [])
        let outcome = InvitationOutcome(person: person, before: before)
        try put(person, in: database)
        try database.run(
            "INSERT INTO almanac_invitation (secret_hash, person, expires) SELECT ?, id, ? FROM almanac_person WHERE name = ?",
            [.fixed(invitation.secretHash), .instant(invitation.expires), .text(person.name)])
        for (act, detail) in acts(outcome, until: invitation.expires) {
            try AuditTable.add(
                AuditEntry(time: now, actor: actor, act: act, person: person.name, detail: detail), in: database)
        }
        return outcome
    }

    /// A person's name is a part of the name of a stream, which is nobody else's.
    private static func requireOwnStream(_ name: String, in database: Database) throws {
        guard let stream = StreamName.person(name) else {
            throw ReplicaError.refused(
                "the name \"\(name)\" has no letter of a to z and no digit: streams and mentions are named after people")
        }
        let names = try database.rows("SELECT name FROM almanac_person") { try $0.text(0, of: "the name of a person") }
        if let other = names.first(where: { StreamName.person($0) == stream }) {
            throw ReplicaError.refused(
                "\"\(name)\" and \"\(other)\", who is known here, would both be \(stream) in streams and mentions: choose another name"
            )
        }
    }

    private static func acts(_ outcome: InvitationOutcome, until: Instant) -> [(AuditAct, String)] {
        let person = outcome.person
        var acts: [(AuditAct, String)] = []
        if let former = outcome.formerRole { acts.append((.roleChanged, "from \(former) to \(person.role)")) }
        if let former = outcome.formerGrants { acts.append((.grantsChanged, "from \(words(former)) to \(words(person.grants))")) }
        let detail = outcome.before == nil ? "new; \(person.role), grants: \(words(person.grants)); " : ""
        return acts + [(.invited, "\(detail)until \(until)")]
    }

    private static func words(_ grants: [StreamPattern]) -> String {
        grants.isEmpty ? "none" : grants.map(\.description).joined(separator: " ")
    }

    private static func person(named name: String, in database: Database) throws -> Person? {
        try database.row("SELECT name, role, grants FROM almanac_person WHERE name = ?", [.text(name)]) { try person($0) }
    }

    private static func put(_ person: Person, in database: Database) throws {
        try database.run(
            """
            INSERT INTO almanac_person (name, role, grants) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET role = excluded.role, grants = excluded.grants
            """,
            [.text(person.name), .integer(Int64(person.role.rawValue)), .text(encode(person.grants))])
    }
}

import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// What an operator hears about an invitation beside the link.
enum InvitationReport {
    static func lines(_ outcome: InvitationOutcome, expires: Instant) -> [String] {
        let person = outcome.person
        let name = VisibleText.shortened(person.name, limit: 64)
        var lines: [String] = []
        if let former = outcome.formerRole { lines.append("\(name) is \(person.role) now; before: \(former)") }
        if let former = outcome.formerGrants {
            lines.append("\(name) has the grants \(words(person.grants)) now; before: \(words(former))")
        }
        if outcome.before != nil, lines.isEmpty { lines.append("\(name) is known: role and grants stay as they are") }
        lines.append(
            "Worth one certificate for \(name) (\(person.role)) until \(expires). Who has the link can use it: send it privately."
        )
        return lines
    }

    private static func words(_ grants: [StreamPattern]) -> String {
        grants.isEmpty ? "none" : grants.map(\.description).joined(separator: " ")
    }
}

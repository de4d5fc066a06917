import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import AlmanacWire
import ArgumentParser

/// `almanacd audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who did what: invitations, devices, roles, keys, commits, in the order of time.",
        discussion: """
            Acts on this machine are those of the user who called almanacd, through sudo or not; enrolments and renewals are a device's. \
            What was done before the history began, with this version of almanacd, is not in it; commits always are.
            """)

    @OptionGroup var options: ServerOptions

    @Option(
        help: ArgumentHelp(
            "Not before this moment, in UTC: 2026-11-21, or 2026-11-21T09:12:00Z.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("What this person did, or what concerns them.", valueName: "name"))
    var person: String?

    @Flag(help: "A line of JSON for each.")
    var json = false

    func validate() throws {
        guard since.map({ Self.instant($0) != nil }) ?? true else {
            throw ValidationError("--since takes a day, 2026-11-21, or a moment, 2026-11-21T09:12:00Z")
        }
    }

    func run() async throws {
        try await reporting {
            let store = try await options.settings().directory.openStore()
            defer { try? store.close() }
            var count = 0
            try store.forEachEvent(since: since.flatMap(Self.instant), person: person) { event in
                count += 1
                print(json ? try JSONLine.text(EventReport(event)) : Self.line(event))
            }
            if count == 0, !json { printError("Nothing of this is in the history.") }
        }
    }

    private static func instant(_ text: String) -> Instant? {
        Instant(text) ?? CalendarDate(text).flatMap { Instant("\($0)T00:00:00Z") }
    }

    /// Nothing that was written elsewhere moves a terminal's cursor.
    private static func line(_ event: HistoryEvent) -> String {
        switch event {
        case .act(let entry):
            let person = entry.person.map { " \(shown($0))" } ?? ""
            let detail = entry.detail.isEmpty ? "" : ": \(shown(entry.detail))"
            return "\(entry.time)  \(who(entry.actor))  \(shown(entry.act.rawValue))\(person)\(detail)"
        case .commit(let commit):
            let header = commit.header
            return "\(header.time)  \(shown(header.author.string))  committed \(commit.sequence): \(shown(header.message.string))"
        }
    }

    private static func who(_ actor: AuditActor) -> String {
        switch actor {
        case .operator(let name): shown(name)
        case .device(let device, let person): "\(shown(person)) (\(shown(device)))"
        }
    }

    private static func shown(_ text: String) -> String { VisibleText.shortened(text, limit: 300) }
}

import AlmanacModel
import AlmanacReplica
import AlmanacServer
import ArgumentParser

/// `almanacd invite`
struct InviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Print a link that is worth one certificate for a device of a person.",
        discussion: """
            Streams are closed by default: a reader reads “reference” and what the data package opens (almanac:openStreams); \
            --grant adds to that. A person who is known keeps devices, role and grants, but for what is named here: grants named here \
            take the place of all former ones. What has changed is said on standard error.

            Streams and mentions are named after people, in lower case and with hyphens for everything but a to z and 0 to 9. So a \
            name needs a letter of a to z or a digit, and nobody else may have the same name then: of "Lea" and "lea" there is one.
            """)

    @OptionGroup var options: ServerOptions

    @Argument(help: "The person's name.")
    var person: String

    @Option(
        help: ArgumentHelp(
            "What the person may do: reader, annotator, curator or administrator (default: reader for somebody new).",
            valueName: "role"))
    var role: String?

    @Option(help: ArgumentHelp("A stream, or a pattern: rankings, investments/*, *", valueName: "pattern"))
    var grant: [String] = []

    @Flag(help: "Take all grants away; open streams stay open.")
    var noGrants = false

    @Option(help: ArgumentHelp("The host in the link (configuration: public.host, else listen.host).", valueName: "host"))
    var host: String?

    @Option(help: ArgumentHelp("The port in the link (configuration: public.port, else listen.port).", valueName: "port"))
    var port: Int?

    @Option(help: ArgumentHelp("After how many hours the link is worth nothing.", valueName: "hours"))
    var hours = 72

    func validate() throws {
        guard (1...64).contains(person.utf8.count) else { throw ValidationError("a person's name has 1 to 64 bytes") }
        guard (1...8_760).contains(hours) else { throw ValidationError("--hours goes from 1 to 8760") }
        guard port.map((1...65_535).contains) ?? true else { throw ValidationError("--port goes from 1 to 65535") }
        guard host.map(Self.isHost) ?? true else { throw ValidationError("--host is a name or an address, without port") }
        guard role.map({ Role($0) != nil }) ?? true else {
            throw ValidationError("--role is one of \(Role.allCases.map(\.description).joined(separator: ", "))")
        }
        guard !noGrants || grant.isEmpty else { throw ValidationError("--no-grants and --grant contradict each other") }
        _ = try patterns()
    }

    func run() async throws {
        try await reporting {
            let settings = try await options.settings()
            let store = try settings.directory.openStore()
            defer { try? store.close() }
            let now = Clock.system.now()
            let expires = now.advanced(by: .seconds(hours * 3_600))
            let invitee = Invitee(name: person, role: role.flatMap { Role($0) }, grants: try grants())
            let (link, outcome) = try Inviter(store: store, keys: AuthorityKeys.load(settings.directory)).invite(
                invitee, host: address(settings).host, port: address(settings).port, expires: expires, by: Operator.current,
                at: now)
            print(link)
            InvitationReport.lines(outcome, expires: expires).forEach(printError)
        }
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) } && !text.contains { "/[]@?#".contains($0) }
    }

    /// Where clients find the server: not where it listens on any port, or on all addresses.
    private func address(_ settings: Settings) throws -> (host: String, port: Int) {
        let (host, port) = (host ?? settings.publicHost, port ?? settings.publicPort)
        guard port != 0 else {
            throw ConfigurationFailure(path: nil, reason: "listen.port is 0: name the link's port by --port or public.port")
        }
        guard !["0.0.0.0", "::"].contains(host) else {
            throw ConfigurationFailure(
                path: nil, reason: "no client can reach \(host): name the link's host by --host or public.host")
        }
        return (host, port)
    }

    /// Nil if they are not named.
    private func grants() throws -> [StreamPattern]? { grant.isEmpty && !noGrants ? nil : try patterns() }

    private func patterns() throws -> [StreamPattern] {
        try grant.map { text in
            guard let pattern = StreamPattern(text) else {
                throw ValidationError("“\(text)” is neither a stream (rankings) nor a pattern (investments/*, *)")
            }
            return pattern
        }
    }
}

import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import ArgumentParser
import Glibc

struct EnrolCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Make this device known to an authority, with an invitation.",
        discussion: """
            After a cut the same link may be used again: it gives the same certificate. Where the authority has revoked this device, a \
            new invitation with --context and the name of its context lets it in again, and what was written there goes out at the \
            next sync.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "almanac://HOST:PORT/SECRET.PIN, or - to read it from standard input.")
    var link: String

    @Option(help: ArgumentHelp("What to call this device; else this machine's name.", valueName: "name"))
    var device: String?

    var retry: String { "the same link again" }

    func execute(_ console: Console) async throws {
        let invitation = try read()
        let interruption = Interruption()
        let signals = InterruptSignal(interruption)
        defer { withExtendedLifetime(signals) {} }
        let session = try EnrolmentSession(
            store: options.store(), link: invitation, device: device ?? Self.hostName(), name: options.context,
            interruption: interruption,
            report: { progress in
                guard case .authorityMatches(let pin) = progress else { return }
                console.note(console.glyphs.own("Authority \(Words.fingerprint(pin.bytes)) matches the invitation"))
            })
        try show(await session.run(), console)
    }

    private func read() throws -> InvitationLink {
        let text = link == "-" ? try StandardStream.input.readAll(atMost: 4_096) : link
        do {
            return try InvitationLink(text)
        } catch {
            throw ClientError.invalidLink(error)
        }
    }

    private func show(_ summary: EnrolmentSummary, _ console: Console) throws {
        let context = summary.context
        let settings = context.settings
        guard !console.isJSON else {
            return try console.message(
                "summary",
                [
                    JSONMember("context", .string(context.name)), JSONMember("dataset", .string(settings.dataset)),
                    JSONMember("name", .string(settings.datasetName)), JSONMember("person", .string(settings.person)),
                    JSONMember("role", .string(settings.role)), JSONMember("device", .string(settings.device)),
                    JSONMember("certificate_until", .string(settings.until)),
                    JSONMember("repeated", .boolean(summary.isRepeated)),
                ])
        }
        let verb = summary.isRepeated ? "Already enrolled" : "Enrolled"
        let until = settings.until.description.prefix(10)
        try console.line(
            "\(verb) \(Visible.text(settings.device)) as \(Visible.text(settings.person)) (\(settings.role)) until \(until); "
                + "context \"\(context.name)\"")
        let unsent = try context.outboxCounts().unsettled
        if unsent > 0 { console.note("\(Words.count(unsent, "change")) that waited here will go out at the next sync") }
        console.note("Next: almanac sync\(summary.isCurrent ? "" : " --context \(context.name)")")
    }

    private static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.prefix(64).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

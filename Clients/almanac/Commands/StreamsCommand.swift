import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct StreamsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streams", abstract: "The streams that may be read, and which of them are kept here.",
        discussion: """
            A pattern is a stream's name, NAME/* for everything below it, or * for all: quote it, or the shell takes it for file names. A \
            context begins with *. The stream reference explains all others and is always there. References to records in streams that \
            are not here show nothing.
            """,
        subcommands: [StreamsListCommand.self, StreamsSubscribeCommand.self, StreamsUnsubscribeCommand.self],
        defaultSubcommand: StreamsListCommand.self)

    /// Throws where one is neither a name nor a pattern.
    static func patterns(_ texts: [String]) throws -> [StreamPattern] {
        try texts.map { text in
            guard let pattern = StreamPattern(text) else {
                throw ClientError.usage("\"\(Visible.text(text))\" is neither a stream nor a pattern such as investments/*.")
            }
            return pattern
        }
    }

    static func tell(_ context: Context, _ console: Console) throws {
        let subscription = context.settings.subscription
        guard !console.isJSON else {
            return try console.message(
                "summary",
                [
                    JSONMember("context", .string(context.name)),
                    JSONMember("subscription", .array(subscription.patterns.map { .string($0) })),
                ])
        }
        try console.line("\(console.glyphs.check) \(context.name) is subscribed to \(subscription)")
        try console.line("Next: almanac sync")
    }
}

struct StreamsSubscribeCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscribe", abstract: "Want more streams; the next sync fetches them.",
        discussion: "They join in the one transaction that brings all streams to one head.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("Names and patterns.", valueName: "pattern"))
    var patterns: [String]

    @Flag(help: "Want these and no others.")
    var only = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let wanted = try StreamsCommand.patterns(patterns)
        let changed = try options.store().changeSubscription(of: context) { only ? Subscription(wanted) : $0.adding(wanted) }
        try StreamsCommand.tell(changed, console)
    }
}

struct StreamsUnsubscribeCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "unsubscribe", abstract: "Want fewer streams; the next sync removes their records.",
        discussion: """
            The rows are removed and overwritten in the transaction of that sync, in which the other streams are compared with what the \
            authority signed. The file keeps its size and uses the pages again; almanac sync --full makes a new, smaller one. Where a \
            pattern such as * covers what is taken out, the names of the other streams here take its place: streams that are born \
            later are not among them.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("Names and patterns.", valueName: "pattern"))
    var patterns: [String]

    func execute(_ console: Console) async throws {
        let chosen = try options.chosen()
        let unwanted = try StreamsCommand.patterns(patterns)
        guard !unwanted.contains(.exactly(.reference)) else {
            throw ClientError.usage("The stream reference explains all others and is always here.")
        }
        let context = chosen.context
        let known = try ReplicaStatus.read(chosen, now: SystemClock.now()).replica?.streams.map(\.name) ?? []
        var old = context.settings.subscription
        let changed = try options.store().changeSubscription(of: context) { stored in
            old = stored
            return try Self.removing(unwanted, from: stored, known: known)
        }
        try StreamsCommand.tell(changed, console)
        let new = changed.settings.subscription
        if old.patterns.contains(where: { !new.patterns.contains($0) && !unwanted.contains($0) }), !new.patterns.isEmpty {
            console.note("Streams that are born later have to be subscribed to by name.")
        }
    }

    private static func removing(
        _ unwanted: [StreamPattern], from old: Subscription, known: [StreamName]
    ) throws -> Subscription {
        for pattern in unwanted where !old.patterns.contains(where: { $0.covers(pattern) || pattern.covers($0) }) {
            throw ClientError.usage("\(pattern) is not subscribed to here. The subscription: \(old).")
        }
        if known.isEmpty, old.patterns.contains(where: { old in unwanted.contains { $0 != old && old.covers($0) } }) {
            throw ClientError.usage(
                "Nothing is here yet that could tell the other streams: almanac streams subscribe --only PATTERN names those to keep."
            )
        }
        return old.removing(unwanted, known: known)
    }
}

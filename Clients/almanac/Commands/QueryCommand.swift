import AlmanacClient
import AlmanacDataset
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct QueryCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Answer one statement of SQL from the local copy, which it cannot change.",
        discussion: """
            A view for each collection shows its fields by name, and answer_NAME holds what the command NAME shows: \
            SELECT name FROM sqlite_schema WHERE type = 'view'.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "One SELECT, or - to read it from standard input.")
    var sql: String

    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("After how many seconds to give up.", valueName: "seconds"))
    var timeout = 60

    func validate() throws {
        guard (1...86_400).contains(timeout) else { throw ValidationError("--timeout takes from 1 to 86400 seconds.") }
    }

    func execute(_ console: Console) async throws {
        RawQuery.limitMemory(ofProcess: .mebibytes(512))
        let statement = sql == "-" ? try StandardStream.input.readAll(atMost: 1_000_000) : sql
        let query = ReplicaQuery(try options.chosen().context, views: AnswerViews.all, timeout: .seconds(timeout))
        let sink: TextSink = { try console.write($0) }
        if console.isJSON {
            var writer = JSONWriter(.messages, sink: sink)
            return _ = try query.run(statement, into: &writer)
        }
        switch answers.format {
        case .table: try table(query, statement, console, sink)
        case .csv:
            var writer = CSVWriter(isRaw: answers.raw, sink: sink)
            try query.run(statement, into: &writer)
        case .markdown:
            var writer = MarkdownWriter(isRaw: answers.raw, sink: sink)
            try query.run(statement, into: &writer)
        case .json, .ndjson:
            var writer = JSONWriter(answers.format == .json ? .array : .lines, sink: sink)
            try query.run(statement, into: &writer)
        }
    }

    private func table(_ query: ReplicaQuery, _ statement: String, _ console: Console, _ sink: @escaping TextSink) throws {
        var writer = TableWriter(width: StandardStream.output.width, isRaw: answers.raw, isPlain: console.isPlain, sink: sink)
        try query.run(statement, into: &writer)
        if writer.hiddenColumnCount > 0 {
            console.warn("\(Words.count(writer.hiddenColumnCount, "column")) did not fit: choose fewer, or --format json")
        }
    }
}

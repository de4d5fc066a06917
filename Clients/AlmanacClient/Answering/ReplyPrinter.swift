import AlmanacReplica

/// Writes a reply in the form asked for: data to the sink, notes for people beside it.
public struct ReplyPrinter {
    /// The form that a reply takes.
    public struct Manner: Sendable {
        public var format: OutputFormat
        /// Messages, one a line, whatever the format.
        public var isJSON: Bool
        /// Texts exactly as they are.
        public var isRaw: Bool
        /// ASCII only.
        public var isPlain: Bool
        /// The terminal's, in columns; nil in a pipe.
        public var width: Int?
        /// What people are told where there is nothing.
        public var nothing = "Nothing fits."

        public init(
            _ format: OutputFormat = .table, isJSON: Bool = false, isRaw: Bool = false, isPlain: Bool = false, width: Int? = nil
        ) {
            self.format = format
            self.isJSON = isJSON
            self.isRaw = isRaw
            self.isPlain = isPlain
            self.width = width
        }
    }

    private let manner: Manner
    private let sink: TextSink
    private let note: (String) -> Void

    public init(_ manner: Manner, sink: @escaping TextSink, note: @escaping (String) -> Void) {
        self.manner = manner
        self.sink = sink
        self.note = note
    }

    public func print(_ reply: Reply) throws {
        let programs = ProgramReply(isRaw: manner.isRaw, sink: sink)
        if manner.isJSON { return try programs.messages(reply) }
        switch manner.format {
        case .table, .markdown: try sections(reply)
        case .csv: try programs.csv(reply)
        case .ndjson: try programs.lines(reply)
        case .json: try programs.object(reply)
        }
        for text in reply.notes { note(Visible.text(text)) }
    }

    private func sections(_ reply: Reply) throws {
        let filled = reply.sections.filter { !$0.answer.isEmpty }
        if filled.isEmpty { note(manner.nothing) }
        for (index, section) in filled.enumerated() {
            if index > 0 { try sink("\n") }
            if let heading = section.heading { try sink(self.heading(heading) + "\n") }
            try write(section)
        }
    }

    private func heading(_ heading: String) -> String {
        let text = manner.isRaw ? heading : Visible.text(heading)
        return manner.format == .markdown ? "## \(MarkdownWriter.escaped(text))\n" : text
    }

    private func write(_ section: Reply.Section) throws {
        let shown = ShownColumns(section.answer, isPlain: manner.isPlain)
        switch (manner.format, section.layout) {
        case (.markdown, .table):
            var writer = MarkdownWriter(isRaw: manner.isRaw, rightAligned: shown.areNumbers, sink: sink)
            try shown.write(into: &writer)
        case (.markdown, .blocks):
            var writer = MarkdownBlockWriter(isRaw: manner.isRaw, sink: sink)
            try shown.write(into: &writer)
        case (_, .blocks):
            var writer = BlockWriter(width: manner.width, isRaw: manner.isRaw, sink: sink)
            try shown.write(into: &writer)
        case (_, .table):
            var writer = TableWriter(
                width: manner.width, isRaw: manner.isRaw, isPlain: manner.isPlain, rightAligned: shown.areNumbers,
                wrapped: shown.areProse, sink: sink)
            try shown.write(into: &writer)
            guard writer.hiddenColumnCount > 0 else { return }
            note("! \(Words.count(writer.hiddenColumnCount, "column")) did not fit: --json has everything")
        }
    }
}

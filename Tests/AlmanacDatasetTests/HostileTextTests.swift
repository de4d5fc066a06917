import AlmanacClient
import AlmanacDataset
import AlmanacReplica
import Testing

/// Names and sentences that came from elsewhere and try to command a terminal.
@Suite struct HostileTextTests {
    private static let evil = "\u{1B}]0;owned\u{7}\u{1B}[2J\r\n\u{202E}E\u{9B}31m\u{200B}\u{E0041}\u{2028}| # `x`"

    private static func package() -> SmallPackage {
        var package = SmallPackage()
        package.addSource("page", "Page \(evil)", ["note": evil, "licence": evil])
        package.add("cluster", "clusters", "evil", "Evil \(evil)", ["note": evil])
        package.add("place", "places", "evil", "Evil \(evil)", ["kind": "city", "note": evil])
        package.add("cluster_places", ["key": "evil/evil", "cluster": "evil", "place": "evil", "relation": "named"])
        package.add("aliases", ["key": "evil/a", "subject": "cluster/evil", "alias": "Other \(evil)", "kind": "other name"])
        package.add("indicators", ["key": "share", "name": "Share \(evil)", "kind": "share", "topic": "patents"])
        package.add(
            "publication", "editions", "e-1", "First \(evil)",
            [
                "series": "E", "year": "2020", "method": evil, "method_change": "Changed \(evil)",
            ])
        package.add(
            "cluster_ranks",
            [
                "key": "e-1/evil", "edition": "e-1", "cluster": "evil", "rank": "1", "name_printed": evil, "source": "page",
            ])
        package.add(
            "statements",
            [
                "key": "000-001", "article": "page", "kind": "claim", "subject": "cluster/evil", "statement": "Said \(evil)",
                "subject_printed": evil, "subject_type": "cluster", "value_printed": evil,
                "precision": "exact", "qualifier": evil, "notes": evil,
            ])
        for subject in ["cluster/evil", "place/evil"] {
            package.add(
                "observations",
                [
                    "key": "share/\(subject.replacing("/", with: "-"))", "subject": subject, "indicator": "share", "period": evil,
                    "value": "1", "unit": evil, "precision": "unspecified", "qualifier": evil, "edition": "e-1", "source": "page",
                    "statement": "000-001",
                ])
        }
        package.add(
            "contradictions",
            [
                "key": "x1", "topic": "Topic \(evil)", "positions": evil, "scope": "between tables", "explanation": evil,
                "is_explained": "true",
            ])
        package.add("contradiction_sides", ["key": "x1/1", "contradiction": "x1", "says": evil, "statement": "000-001"])
        package.add("contradiction_subjects", ["key": "x1/evil", "contradiction": "x1", "subject": "cluster/evil"])
        return package
    }

    private static let questions: [any Question] = [
        ClustersQuestion(), ShowQuestion("cluster/evil"), ShowQuestion("place/evil"),
        CompareQuestion(["cluster/evil", "place/evil"]), SearchQuestion("evil"), SearchQuestion("said"), SourcesQuestion(),
        SourcesQuestion("page"), WhyQuestion("000-001"), WhyQuestion("e-1/evil"), ContradictionsQuestion(),
    ]

    private static let manners: [ReplyPrinter.Manner] =
        OutputFormat.allCases.flatMap { format in
            [nil, 40, 80].map { ReplyPrinter.Manner(format, width: $0) }
        } + [ReplyPrinter.Manner(isJSON: true), ReplyPrinter.Manner(isPlain: true)]

    @Test func threats19NoQuestionCommandsATerminal() throws {
        try Self.package().ask { dataset in
            for question in Self.questions {
                let reply = try question.reply(from: dataset)
                #expect(reply.sections.contains { !$0.answer.isEmpty }, "\(question)")
                for manner in Self.manners where manner.format != .csv || reply.sections.count == 1 {
                    let lines = try Self.printed(reply, manner)
                    let leak = lines.joined().unicodeScalars.first { Self.isHarmful($0, in: manner) }
                    #expect(leak == nil, "\(type(of: question)) \(manner.format): \(String(describing: leak))")
                    // A narrow table may cut the text; without a width it has to be there, or this would show nothing.
                    if manner.width == nil {
                        #expect(lines.joined().contains("owned"), "\(type(of: question)) \(manner.format)")
                    }
                }
            }
        }
    }

    /// A heading and a cell of Markdown have one line each, and start no other markup.
    @Test func threats19MarkdownKeepsItsForm() throws {
        try Self.package().ask { dataset in
            var data = ""
            let reply = try ShowQuestion("cluster/evil").reply(from: dataset)
            try ReplyPrinter(.init(.markdown), sink: { data += $0 }, note: { _ in }).print(reply)
            let lines = data.split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("## Evil") })
            #expect(lines.allSatisfy { line in ["| ", "## ", "- **"].contains { line.hasPrefix($0) } })
            #expect(!data.contains(" `x`"))
        }
    }

    private static func printed(_ reply: Reply, _ manner: ReplyPrinter.Manner) throws -> [String] {
        let page = PrintedPage()
        try ReplyPrinter(manner, sink: { page.pieces.append($0) }, note: { page.pieces.append($0 + "\n") }).print(reply)
        return page.pieces
    }

    private final class PrintedPage { var pieces: [String] = [] }

    /// Line ends belong to every form, and CSV keeps those inside of quotes.
    private static func isHarmful(_ scalar: Unicode.Scalar, in manner: ReplyPrinter.Manner) -> Bool {
        switch scalar.value {
        case 0x0a: false
        case 0x0d, 0x09: manner.format != .csv || manner.isJSON
        case 0...0x1f, 0x7f...0x9f, 0x200b, 0x200e...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff, 0xe0001...0xe007f: true
        default: false
        }
    }
}

import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import Testing

@Suite struct ThreadTextTests {
    @Test func aThreadIsReadFromTopToBottom() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("# Fund II\n\nclosed", on: "ranks/7", field: "share", tags: ["deal"], at: 0)
        try scene.reply("which fund?", to: id, at: 60_000)
        try scene.records.put(
            MemoryRecords.id(MemoryRecords.ranks, 7), at: 9,
            [1: .text("2025/tokyo"), 3: .decimal(try #require(ExactDecimal("9.9")))])
        let (book, authoring) = (try scene.book(), try scene.records.authoring())
        let thread = try #require(book.threads.first)
        let short = thread.all.map(book.shortID)
        #expect(
            try ThreadText(book, authoring).lines(thread) == [
                "\(short[0])  note  [team apac]  open", "lea  1970-01-01 00:00Z  tags: deal", "on ranks/2025/tokyo, share",
                "it said then: 10.3", "! the value has changed since: 10.3 became 9.9", "", "    # Fund II", "", "    closed", "",
                "  \(short[1])  tom  1970-01-01 00:01Z", "      which fund?",
            ])
    }

    @Test("Threat 19, terminal escapes and bidirectional controls: nothing in an annotation reaches a terminal as a command")
    func hostileText() throws {
        let hostile = (0...0x10ffff).compactMap(Unicode.Scalar.init).filter {
            let category = $0.properties.generalCategory
            return [.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
                && ![0x200c, 0x200d].contains($0.value)
        }
        #expect(hostile.contains("\u{1b}") && hostile.contains("\u{202e}"))
        let text = hostile.map { "a\($0)b" }.joined(separator: " ") + " end"
        let scene = try AnnotationScene()
        let id = try scene.write(
            text, on: "ranks/7", field: "key", kind: .correction, value: "\u{1b}[2Jx", source: "\u{202e}page")
        try scene.reply(text, to: id)
        let (book, authoring) = (try scene.book(), try scene.records.authoring())
        let lines = try ThreadText(book, authoring).lines(#require(book.threads.first))
        #expect(lines.contains { $0.contains(#"\u{1B}[2Jx"#) })
        for scalar in lines.joined().unicodeScalars where hostile.contains(scalar) {
            Issue.record("U+\(String(scalar.value, radix: 16)) is shown as it is")
        }
        var shown = ""
        for format in OutputFormat.allCases where format != .csv {
            let printer = ReplyPrinter(.init(format, width: 100), sink: { shown += $0 }, note: { shown += $0 })
            try printer.print(Reply(AnnotationAnswer(book, authoring).threads(book.threads)))
        }
        for scalar in shown.unicodeScalars where hostile.contains(scalar) && scalar != "\n" {
            Issue.record("U+\(String(scalar.value, radix: 16)) is shown as it is")
        }
    }

    @Test func tagsAreAListForProgramsAndWordsForPeople() throws {
        let scene = try AnnotationScene()
        try scene.write("text", tags: ["vc", "deal"])
        let (book, authoring) = (try scene.book(), try scene.records.authoring())
        let reply = Reply(try AnnotationAnswer(book, authoring).threads(book.threads))
        var (table, json) = ("", "")
        try ReplyPrinter(.init(.table), sink: { table += $0 }, note: { _ in }).print(reply)
        try ReplyPrinter(.init(isJSON: true), sink: { json += $0 }, note: { _ in }).print(reply)
        #expect(table.contains("deal, vc"))
        #expect(json.contains(#""tags":["deal","vc"]"#))
        #expect(json.hasPrefix(#"{"message_type":"annotation","id":"#))
    }
}

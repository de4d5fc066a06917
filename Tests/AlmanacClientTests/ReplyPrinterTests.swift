import TestSupport
import AlmanacReplica
import Testing

@testable import AlmanacClient

/// Replies as people and programs get them.
struct ReplyPrinterTests {
    private static func print(_ reply: Reply, _ manner: ReplyPrinter.Manner) throws -> (data: [String], notes: [String]) {
        let page = Page()
        let notes = Page()
        try ReplyPrinter(manner, sink: page.sink, note: { try? notes.sink($0 + "\n") }).print(reply)
        return (page.lines.map(String.init), notes.lines.map(String.init))
    }

    private static let first = Answer(
        kind: "cluster", columns: [.init("rank", "#"), .init("name"), .init("empty"), .init("key", nil, .hidden)],
        rows: [[.integer(1), .text("Tokyo"), .null, .text("tokyo")]])
    private static let second = Answer(kind: "part", columns: [.init("share", nil, .percent)], rows: [[.real(10.3)]])
    private static let none = Answer(kind: "none", columns: [.init("x")], rows: [])

    private static let several = Reply(
        [.init("One", first), .init("Empty", none), .init("Two", second, as: .blocks)], notes: ["to know"])

    @Test func peopleSeeHeadingsAndNoEmptySections() throws {
        let (data, notes) = try Self.print(Self.several, .init())
        #expect(data == ["One", "#  name", "1  Tokyo", "", "Two", "share  10.3 %"])
        #expect(notes == ["to know"])
    }

    @Test func markdownHasHeadingsTablesAndLists() throws {
        let data = try Self.print(Self.several, .init(.markdown)).data
        #expect(
            data == ["## One", "", "| \\# | name |", "| --: | --- |", "| 1 | Tokyo |", "", "## Two", "", "- **share**: 10.3 %"])
    }

    @Test func programsGetEverything() throws {
        let one = #"{"rank":1,"name":"Tokyo","empty":null,"key":"tokyo"}"#
        #expect(try Self.print(Self.several, .init(.ndjson)).data == [one, #"{"share":10.3}"#])
        #expect(
            try Self.print(Self.several, .init(.json)).data == [#"{"cluster":[\#(one)],"none":[],"part":[{"share":10.3}]}"#])
        #expect(try Self.print(Reply(Self.first), .init(.json)).data == ["[\(one)]"])
        let messages = try Self.print(Self.several, .init(isJSON: true))
        #expect(messages.data.last == #"{"message_type":"summary","rows":2,"notes":["to know"]}"#)
        #expect(messages.data.first?.hasPrefix(#"{"message_type":"cluster","rank":1"#) == true)
        #expect(messages.notes.isEmpty)
    }

    @Test func twoSectionsOfAKindAreOneArray() throws {
        let reply = Reply([.init("A", Self.second), .init("B", Self.second)])
        #expect(try Self.print(reply, .init(.json)).data == [#"{"part":[{"share":10.3},{"share":10.3}]}"#])
    }

    @Test func commaSeparatedValuesHoldOneTable() throws {
        let page = Page()
        try ReplyPrinter(.init(.csv), sink: page.sink, note: { _ in }).print(Reply(Self.first))
        #expect(page.text == "rank,name,empty,key\r\n1,Tokyo,,tokyo\r\n")
        #expect(throws: ClientError.self) { try Self.print(Self.several, .init(.csv)) }
    }

    @Test func nothingIsSaidToBeNothing() throws {
        for reply in [Reply(Self.none), Reply([.init("a", Self.none), .init("b", Self.none)])] {
            let (data, notes) = try Self.print(reply, .init())
            #expect(data.isEmpty)
            #expect(notes == ["Nothing fits."])
        }
    }

    /// Sentences lose no letter, whatever the width; and every line fits.
    @Test func sentencesWrapOnATerminal() throws {
        var random = SeededGenerator(seed: 11)
        let words = ["Zürich", "北京上海", "a", "Shenzhen–Hong Kong–Guangzhou", "https://example.org/a/long/address", "e\u{301}"]
        for _ in 0..<200 {
            let sentence = (0..<random.number(1...30)).map { _ in random.pick(words) }.joined(separator: " ")
            let width = random.number(36...90)
            let answer = Answer(
                kind: "x", columns: [.init("key"), .init("text", nil, .prose)], rows: [[.text("k-1"), .text(sentence)]])
            for layout in [Reply.Layout.table, .blocks] {
                let lines = try Self.print(Reply([.init(nil, answer, as: layout)]), .init(width: width)).data
                #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "seed 11: \(width) \(lines)")
                let letters = lines.joined().filter { $0 != " " }
                #expect(letters.contains(sentence.filter { $0 != " " }), "seed 11: \(width) \(lines)")
                let piped = try Self.print(Reply([.init(nil, answer, as: layout)]), .init()).data
                #expect(piped.contains { $0.hasSuffix(sentence) })
            }
        }
    }

    /// Everything that is not simply shown, in every place of a reply where text from elsewhere can stand.
    @Test func threats19NoPlaceOfAReplyLetsAnythingThrough() throws {
        let ranges: [ClosedRange<UInt32>] = [0...0x2fff, 0xd7b0...0xd7ff, 0xe000...0xe010, 0xfe00...0xffff, 0xe0000...0xe01ff]
        let hostile = String(
            String.UnicodeScalarView(ranges.joined().compactMap(Unicode.Scalar.init).filter { !Visible.isShown($0) }))
        let answer = Answer(
            kind: "x", columns: [.init("a", hostile, .prose), .init("b", hostile)], rows: [[.text(hostile), .text(hostile)]])
        let reply = Reply([.init(hostile, answer), .init(hostile, answer, as: .blocks)], notes: [hostile])
        for manner in [
            ReplyPrinter.Manner(), .init(width: 60), .init(.markdown), .init(.json), .init(.ndjson), .init(isJSON: true),
        ] {
            let (data, notes) = try Self.print(reply, manner)
            let leak = (data + notes).joined().unicodeScalars.first { !Visible.isShown($0) }
            #expect(leak == nil, "\(manner): \(String(describing: leak))")
        }
    }
}

import TestSupport
import AlmanacModel
import GRDB
import Testing

@testable import AlmanacReplica

@Suite struct JSONTextArrayTests {
    @Test func everySetComesBack() {
        var random = RandomValues(generator: SeededGenerator(seed: 3))
        var sets = [TextSet([]), TextSet([""]), TextSet((0..<0x20).map { Text(String(UnicodeScalar(UInt8($0)))) })]
        sets += [TextSet(["\"", "\\", "\\\"", "\\u0041", "],[", "\u{7f}", "\u{2028}", "🗾", "e\u{301}", "\u{e9}"])]
        for _ in 0..<500 { sets.append(TextSet((0..<random.generator.number(0...6)).map { _ in random.text() })) }
        for set in sets { #expect(JSONTextArray.decode(JSONTextArray.encode(set)) == set) }
    }

    @Test func sqliteReadsIt() throws {
        let set = TextSet(["fintech", "\"quoted\"", "back\\slash", "line\nfeed", "東京"])
        let found = try DatabaseQueue().read {
            try String.fetchAll(
                $0, sql: "SELECT value FROM json_each(?) ORDER BY CAST(value AS BLOB)", arguments: [JSONTextArray.encode(set)])
        }
        #expect(found == set.elements.map(\.string))
    }

    @Test func whatItNeverWroteIsRefused() {
        let wrong = [
            "", "[", "]", "[]]", "[] ", "null", "[null]", "[\"a\"", "[\"a\",]", "[,\"a\"]", "[\"a\" ]", "[\"a]", "[\"\\",
            "[\"\\u00", "[\"\\u00g0\"]",
            "[\"\\ud800\"]", "[\"\\n\"]", "[\"\\u0041\"]", "[\"\\u001F\"]", "[\"\\u00e9\"]", "[\"\n\"]", "[\"b\",\"a\"]",
            "[\"a\",\"a\"]", "[1]", "\"a\"",
        ]
        for json in wrong { #expect(JSONTextArray.decode(json) == nil, "\(json)") }
    }
}

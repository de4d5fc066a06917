import AlmanacModel
import Logging
import Synchronization
import Testing

@testable import AlmanacServer

@Suite struct LineLogHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])

        var logger: Logger {
            Logger(label: "test") { _ in
                LineLogHandler(clock: Clock { Instant(clamping: 0) }) { line in self.all.withLock { $0.append(line) } }
            }
        }

        var text: String { all.withLock { $0.joined() } }
    }

    /// What ends a line, moves a cursor, hides, or turns the direction of text.
    private static let hostile: [Unicode.Scalar] =
        (0...0x1f).compactMap { Unicode.Scalar($0) } + (0x7f...0x9f).compactMap { Unicode.Scalar($0) }
        + [
            "\u{85}", "\u{2028}", "\u{2029}", "\u{202a}", "\u{202b}", "\u{202c}", "\u{202d}", "\u{202e}", "\u{2066}", "\u{2067}",
            "\u{2068}", "\u{2069}", "\u{200e}", "\u{200f}", "\u{61c}", "\u{feff}", "\u{200b}", "\u{ad}", "\u{a0}", "\u{3000}",
            "\u{e0041}", "\u{fff9}", "\u{115f}",
        ]

    @Test func aLineHasTimeLevelMessageAndPairs() {
        let lines = Lines()
        lines.logger.notice("serving", metadata: ["head": "r2", "address": "127.0.0.1:7410", "why": "a b", "none": ""])
        #expect(lines.text == "1970-01-01T00:00:00Z notice serving address=127.0.0.1:7410 head=r2 none=\"\" why=\"a b\"\n")
    }

    @Test func threat24NothingInAnyFieldBreaksTheLine() {
        for scalar in Self.hostile {
            let text = "before\(Character(scalar))after"
            let lines = Lines()
            var logger = lines.logger
            logger[metadataKey: text] = "\(text)"
            logger.error(
                "\(text)",
                metadata: [
                    "value": "\(text)", "key \(text)": "x", "array": ["\(text)"], "map": ["\(text)": "\(text)"],
                    "error": "\(Problem(text: text))",
                ])
            let line = lines.text
            #expect(
                line.unicodeScalars.filter { $0 == scalar }.count == (scalar == "\n" ? 1 : 0),
                "U+\(String(scalar.value, radix: 16))")
            #expect(line.hasSuffix("\n"))
            #expect(line.contains("\\u{\(String(scalar.value, radix: 16))}"))
        }
    }

    @Test func threat24ThePairsOfAnotherCannotBeForged() {
        let lines = Lines()
        lines.logger.info("said", metadata: ["name": "x\" level=error admin=\"yes", "key=a b": "1"])
        #expect(lines.text.hasSuffix("info said key_a_b=1 name=\"x\\\" level=error admin=\\\"yes\"\n"))
    }

    @Test func threat24LongValuesAreCut() {
        let lines = Lines()
        lines.logger.info("long", metadata: ["value": "\(String(repeating: "x", count: 100_000))"])
        #expect(lines.text.count < 700)
        #expect(lines.text.hasSuffix("x…\n"))
    }

    @Test func whatPeopleWriteStays() {
        let lines = Lines()
        lines.logger.info("Łódź", metadata: ["name": "東京–横浜"])
        #expect(lines.text.hasSuffix("info Łódź name=東京–横浜\n"))
    }

    private struct Problem: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}

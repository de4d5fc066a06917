import AlmanacReplica
import Testing

@testable import AlmanacClient

struct MarkdownWriterTests {
    private static func table(_ cells: [RawQuery.Cell], isRaw: Bool = false) throws -> [Substring] {
        let page = Page()
        return try page.write(
            MarkdownWriter(isRaw: isRaw, rightAligned: [true, false], sink: page.sink), ["a|b", "c"], [cells]
        ).lines
    }

    @Test func nothingIsTakenForMarkup() throws {
        let lines = try Self.table([.integer(1), .text("| `x` *y* _z_ <b> [l](u) # & \\ ~")])
        #expect(lines[0] == "| a\\|b | c |")
        #expect(lines[1] == "| --: | --- |")
        #expect(lines[2] == "| 1 | \\| \\`x\\` \\*y\\* \\_z\\_ \\<b\\> \\[l\\](u) \\# \\& \\\\ \\~ |")
    }

    /// Raw texts too.
    @Test(arguments: [true, false])
    func aRowIsOneLine(isRaw: Bool) throws {
        #expect(try Self.table([.null, .text("a\nb\r\nc")], isRaw: isRaw).count == 3)
    }
}

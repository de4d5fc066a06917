import AlmanacModel
import AlmanacRules
import TestSupport
import Testing

@Suite struct LineMergeTests {
    private func merged(_ base: String, _ mine: String, _ server: String) -> String? {
        let merged = LineMerge.merged(base: Text(base), mine: Text(mine), server: Text(server))
        #expect(merged == LineMerge.merged(base: Text(base), mine: Text(server), server: Text(mine)))
        return merged?.string
    }

    @Test func editsApartAreBothThere() {
        #expect(merged("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == "A\nb\nC\n")
        #expect(merged("a\nb\nc\nd\n", "b\nc\nd\n", "a\nb\nc\nx\nd\n") == "b\nc\nx\nd\n")
        #expect(merged("a\nb\nc\n", "0\na\nb\nc\n", "a\nb\nc\nd\n") == "0\na\nb\nc\nd\n")
        #expect(merged("a\nb\nc\nd\ne", "a\nc\nd\ne", "a\nb\nc\ne") == "a\nc\ne")
    }

    @Test func editsThatOverlapOrTouchAreAConflict() {
        #expect(merged("a\nb\nc\n", "A\nb\nc\n", "X\nb\nc\n") == nil)
        #expect(merged("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n") == nil, "neighbours touch")
        #expect(merged("a\n", "a\nx\n", "a\ny\n") == nil, "two endings")
        #expect(merged("", "x\n", "y\n") == nil)
        #expect(merged("a\nb\nc\n", "", "a\nB\nc\n") == nil, "deleted and edited")
        #expect(merged("a\nb\n", "a\nx\nb\n", "a\nB\n") == nil, "inserted before a line that was edited")
    }

    @Test func theSameEditCountsOnce() {
        #expect(merged("a\nb\nc\nd\n", "a\nX\nc\nd\n", "a\nX\nc\nD\n") == "a\nX\nc\nD\n")
        #expect(merged("a\nb\n", "n\na\nb\n", "n\na\nb\nm\n") == "n\na\nb\nm\n")
        #expect(merged("a\nb\nc\n", "c\n", "c\nd\n") == "c\nd\n", "the same deletion")
    }

    @Test func aMissingLastLineFeedIsNeitherLostNorInvented() {
        #expect(merged("a\nb\nc", "A\nb\nc", "a\nb\nc") == "A\nb\nc")
        #expect(merged("a\nb\nc", "A\nb\nc", "a\nb\nc\n") == "A\nb\nc\n")
        #expect(merged("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc") == "A\nb\nc")
        #expect(merged("a", "a\nb", "a") == "a\nb")
        #expect(merged("a", "a\nb", "a\nc") == nil)
        #expect(merged("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC") == "A\r\nb\r\nC")
        #expect(merged("a\nb\nc\n", "a\r\nb\nc\n", "a\nb\n\rc\n") == "a\r\nb\n\rc\n")
    }

    /// Canonically equivalent texts are different bytes, and different lines.
    @Test func linesAreComparedByBytes() {
        #expect(
            merged("e\u{301}\nb\nc\n", "\u{e9}\nb\nc\n", "e\u{301}\nb\nC\n")?.utf8.elementsEqual("\u{e9}\nb\nC\n".utf8) == true)
    }

    @Test func anEmptyTextIsATextWithoutLines() {
        #expect(merged("", "", "a\n") == "a\n")
        #expect(merged("a\n", "", "a\n") == "")
        #expect(merged("a\n", "", "") == "")
        #expect(merged("\n", "\n\n", "\n") == "\n\n")
    }

    @Test func threat20_longTextsAreNotCompared() {
        let half = String(repeating: "x", count: LineMerge.maximumByteCount / 2)
        #expect(merged("a\nb\nc\n", "\(half)\nb\nc\n", "a\nb\n\(half)\n") == nil, "the result would be too long")
        #expect(merged("a\nb\nc\n", "\(half)\nb\nc\n", "a\nb\nC\n") == "\(half)\nb\nC\n")
        let long = half + half + "\n"
        #expect(merged("b\nc\nd\n", long + "b\nc\nd\n", "b\nc\nD\n") == nil)
    }

    /// 32,768 lines, about every second one changed: what would take billions of comparisons is given up as a conflict.
    @Test func threat20_costIsBounded() {
        var generator = SeededGenerator(seed: 1)
        let texts = (0..<3).map { _ in Text((0..<32_768).map { _ in generator.chance(2) ? "a\n" : "b\n" }.joined()) }
        #expect(LineMerge.merged(base: texts[0], mine: texts[1], server: texts[2]) == nil)
    }

    @Test func manyEqualLinesAreCheap() {
        let lines = String(repeating: "a\n", count: 32_000)
        #expect(merged(lines, "x\n" + lines, lines + "y\n") == "x\n" + lines + "y\n")
    }
}

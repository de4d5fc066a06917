import AlmanacReplica
import Testing

@testable import AlmanacClient

struct ShownColumnsTests {
    @Test func hiddenAndEmptyColumnsAreLeftOut() {
        let answer = Answer(
            kind: "x", columns: [.init("a"), .init("b"), .init("c", nil, .hidden), .init("d_e", nil, .prose)],
            rows: [[.integer(1), .null, .text("c"), .text("d")], [.null, .null, .text("c"), .null]])
        let shown = ShownColumns(answer, isPlain: false)
        #expect(shown.titles == ["a", "d e"])
        #expect(shown.rows == [[.integer(1), .text("d")], [.null, .null]])
        #expect(shown.areNumbers == [true, false])
        #expect(shown.areProse == [false, true])
    }

    @Test func valuesInTheirStyle() {
        let styles: [(Answer.Style, Answer.Cell, String)] = [
            (.grouped, .integer(1_234_567), "1,234,567"), (.grouped, .real(-1234.5), "-1,234.5"),
            (.percent, .real(10.3), "10.3 %"),
            (.change, .integer(3), "+3"), (.change, .integer(0), "="), (.change, .integer(-2), "-2"),
            (.sparkline(lowerIsBetter: true), .text("[2,1]"), "▁█"),
            (.sparkline(lowerIsBetter: true), .text("no line"), "no line"),
        ]
        for (style, cell, text) in styles {
            let answer = Answer(kind: "x", columns: [.init("a", nil, style)], rows: [[cell]])
            #expect(ShownColumns(answer, isPlain: false).rows == [[.text(text)]])
        }
    }
}

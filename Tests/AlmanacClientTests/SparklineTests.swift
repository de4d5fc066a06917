import Testing

@testable import AlmanacClient

struct SparklineTests {
    @Test func gapsStayGaps() throws {
        let line = try #require(Sparkline(json: "[1,null,3]"))
        #expect(line.text(lowerIsBetter: false, isPlain: false) == "▁ █")
        #expect(line.text(lowerIsBetter: true, isPlain: false) == "█ ▁")
        #expect(line.text(lowerIsBetter: true, isPlain: true) == "1 . 3")
        #expect(line.json.text == "[1,null,3]")
    }

    @Test func theLargestNumbersFit() throws {
        let line = try #require(Sparkline(json: "[-1.7e308,0,1.7e308]"))
        #expect(line.text(lowerIsBetter: false, isPlain: false) == "▁▅█")
    }

    @Test(arguments: ["", "1,2", "[1,x]", "[1", "{}", "[nan]", "[1,inf]"])
    func otherTextIsNone(_ text: String) { #expect(Sparkline(json: text) == nil) }

    @Test func oneHeightWhereAllAreAlike() throws {
        #expect(try #require(Sparkline(json: "[2,2]")).text(lowerIsBetter: true, isPlain: false) == "▄▄")
        #expect(try #require(Sparkline(json: "[null]")).text(lowerIsBetter: true, isPlain: false).isEmpty)
        #expect(try #require(Sparkline(json: "[]")).text(lowerIsBetter: true, isPlain: false).isEmpty)
    }
}

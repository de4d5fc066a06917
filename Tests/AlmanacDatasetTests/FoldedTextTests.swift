import Testing

@testable import AlmanacDataset

@Suite struct FoldedTextTests {
    @Test(arguments: [
        ("São Paulo", "sao paulo"), ("Tokyo–Yokohama", "tokyo yokohama"), ("Zürich", "zurich"), ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("  R&D  Hubs ", "r d hubs"), ("Łódź", "lodz"), ("Århus", "arhus"), ("København", "kobenhavn"), ("İstanbul", "istanbul"),
        ("Côte d’Ivoire", "cote divoire"), ("日本", "日本"), ("", ""), ("–", ""),
    ])
    func dropsWhatPeopleLeaveOut(_ original: String, _ folded: String) {
        #expect(FoldedText(original).text == folded)
    }

    /// The short way for ASCII gives what the long one does.
    @Test func bothWaysAgree() {
        var state: UInt64 = 7
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: state >> 33) & 0x7f))
            }
            #expect(FoldedText(text).text == FoldedText.ofAny(text), "seed 7: \(text.debugDescription)")
        }
    }

    @Test(arguments: [
        ("AI chips", "ai", true), ("supply chain", "ai", false), ("Life sciences", "science", true), ("chips", "", false),
        ("green technologies", "green tech", true),
    ])
    func aPartBeginsWithAWord(_ text: String, _ part: String, _ isIn: Bool) {
        #expect(FoldedText(text).contains(FoldedText(part)) == isIn)
    }
}

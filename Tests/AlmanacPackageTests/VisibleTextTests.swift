import AlmanacPackage
import Testing

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain ünïcode 日本 😀", "plain ünïcode 日本 😀"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[2J", "\\u{1B}[2J"),
        ("\0\u{7F}\u{9B}", "\\u{0}\\u{7F}\\u{9B}"),
        ("\u{202E}x\u{2066}\u{200B}\u{FEFF}", "\\u{202E}x\\u{2066}\\u{200B}\\u{FEFF}"),
        ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ("\u{E0041}\u{AD}", "\\u{E0041}\\u{AD}"),
    ])
    func controlsAreMadeVisible(text: String, shown: String) {
        #expect(VisibleText.shortened(text) == shown)
        #expect(VisibleText.shortened(Array(text.utf8)) == shown)
    }

    @Test func longTextIsShortened() {
        #expect(VisibleText.shortened("abcdef", limit: 3) == "abc…")
        #expect(VisibleText.shortened("abc", limit: 3) == "abc")
        let long = [UInt8](repeating: 0x61, count: 1_000_000)
        #expect(VisibleText.shortened(long) == String(repeating: "a", count: 60) + "…")
        #expect(VisibleText.shortened([UInt8](repeating: 0xff, count: 300), limit: 2) == "\\xff\\xff…")
        #expect(VisibleText.shortened(Array(String(repeating: "😀", count: 300).utf8), limit: 2) == "😀😀…")
    }

    @Test func bytesThatAreNoTextAreShown() {
        #expect(VisibleText.shortened([0x61, 0xc3, 0x28, 0xe2, 0x82, 0xac, 0x80]) == "a\\xc3(€\\x80")
        #expect(VisibleText.shortened([UInt8]()) == "")
    }
}

import Testing

@testable import AlmanacClient

/// What a terminal gets to see of texts from elsewhere.
struct VisibleTests {
    /// Every code point there is, in every form of output: nothing that moves, hides or turns gets through.
    @Test func threats19EveryCodePointIsHarmless() {
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "a\(Character(scalar))b"
            for output in [Visible.text(text), JSONValue.string(text).text] {
                if let leak = output.unicodeScalars.first(where: Self.isHarmful) {
                    Issue.record("U+\(String(value, radix: 16)) gives U+\(String(leak.value, radix: 16))")
                }
            }
        }
    }

    /// Written independently of the program: C0, DEL, C1, marks and overrides of direction, separators, invisible operators and tags.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1f, 0x7f...0x9f, 0xad, 0x61c, 0x180e, 0x200b, 0x200e...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff,
            0xfff9...0xfffb,
            0x1d173...0x1d17a, 0xe0001...0xe007f, 0xe000...0xf8ff, 0xf0000...0x10ffff, 0x115f...0x1160, 0x3164, 0xffa0:
            true
        default: false
        }
    }

    @Test func whatPeopleWriteStays() {
        for text in [
            "Zürich", "Île-de-France", "北京", "ａ", "שלום", "مرحبا", "हिन्दी", "नमस्\u{200d}ते", "👩‍🔬", "❤️", "e\u{301}", "–€…", "~ \\ \" '",
        ] {
            #expect(Visible.text(text) == text)
        }
    }

    @Test(arguments: [
        ("\n", "\\n"), ("\r\n", "\\r\\n"), ("\t", "\\t"), ("\u{1b}[31m", "\\u{1B}[31m"), ("\u{202e}", "\\u{202E}"),
        ("\u{9b}", "\\u{9B}"),
        ("\u{7f}", "\\u{7F}"), ("\u{0}", "\\u{0}"), ("\u{e0041}", "\\u{E0041}"),
    ])
    func escapesAreReadable(_ text: String, _ shown: String) { #expect(Visible.text(text) == shown) }

    @Test func sentencesOfServersAreMadeHarmless() throws {
        let report = FailureReport(
            SessionRefusal.notAllowed("\u{1b}]0;owned\u{7}\r\n\u{202e}"))
        #expect(!report.sentence.unicodeScalars.contains(where: Self.isHarmful))
        #expect(report.status == .notAllowed)
    }
}

import TestSupport
import Testing

@testable import AlmanacCrypto

@Suite("Base64url")
struct Base64URLTests {
    @Test(
        "gives RFC 4648's texts without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func publishedTexts(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test("uses - and _")
    func alphabet() {
        #expect(Base64URL.encode([0xfb, 0xef, 0xff]) == "--__")
        #expect(Base64URL.decode("-_-_") == [0xfb, 0xff, 0xbf])
    }

    @Test(
        "refuses padding, strangers, impossible lengths and trailing bits",
        arguments: ["Zg==", "Zm8=", "Zh", "Zm9", "Z", "Zm9vY", "Zm 9v", "Zm9v\n", "Zm+v", "Zm/v", "Zé8", "Zg\0"])
    func refusals(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("comes back from every length, and every text that decodes is the one that is encoded")
    func canonical() {
        var generator = SeededGenerator(seed: 64)
        for count in 0...100 {
            let bytes = generator.bytes(count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/")
        for first in alphabet {
            for second in alphabet {
                let text = String([first, second])
                if let bytes = Base64URL.decode(text) { #expect(Base64URL.encode(bytes) == text) }
            }
        }
    }
}

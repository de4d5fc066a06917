import TestSupport
import AlmanacModel
import Testing

@Suite struct NameTests {
    @Test(arguments: ["a", "clusters", "cluster_ranks", "x9", "key", "rank", "order", String(repeating: "x", count: 63)])
    func identifiersAreTaken(name: String) {
        #expect(Identifier(name)?.rawValue == name)
    }

    @Test(arguments: [
        "", "A", "1a", "_a", "a-b", "a b", "a\"b", "a;b", "a'", "é", "a\u{301}", "a\0", "a\n", "id", "rowid", "oid", "stream",
        "sequence",
        "sqlite_master", "almanac_x", "schema_field", "ａ", String(repeating: "x", count: 64),
    ])
    func identifiersAreRefused(name: String) {
        #expect(Identifier(name) == nil)
    }

    @Test func uniqueIDsAreWrittenAndReadBack() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<1_000 {
            let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let id = try #require(UniqueID(bytes: bytes))
            #expect(UniqueID(id.description) == id)
            #expect(UniqueID(id.description.uppercased()) == id)
            #expect(id.description.count == 36)
        }
        #expect(UniqueID("00112233-4455-6677-8899-aabbccddeeff")?.bytes == (0..<16).map { UInt8($0 * 0x11) })
    }

    @Test func uniqueIDsMadeOfRandomBytesSayTheirVersion() throws {
        for byte in [UInt8.min, .max] {
            let text = try #require(UniqueID(random: Array(repeating: byte, count: 16))).description
            #expect(text.dropFirst(14).first == "4")
            #expect(text.dropFirst(19).first.map("89ab".contains) == true)
        }
        #expect(UniqueID(random: []) == nil)
    }

    @Test(arguments: [
        "", "00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-aabbccddeeff0",
        "0011223-34455-6677-8899-aabbccddeeff", "g0112233-4455-6677-8899-aabbccddeeff", "{0112233-4455-6677-8899-aabbccddeef}",
        "００112233-4455-6677-8899-aabbccdd",
    ])
    func uniqueIDsAreRefused(text: String) {
        #expect(UniqueID(text) == nil)
    }

    @Test(arguments: [0, 15, 17, 32]) func uniqueIDsNeedSixteenBytes(count: Int) {
        #expect(UniqueID(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test func hexOfEveryByte() {
        for byte in UInt8.min ... .max {
            let text = Hex.encode([byte, 0])
            #expect(text.count == 4 && text.hasSuffix("00") && UInt8(text.prefix(2), radix: 16) == byte)
            #expect(Hex.decode(text) == [byte, 0])
            #expect(Hex.decode(text.uppercased()) == [byte, 0])
        }
        #expect(Hex.decode("") == [])
        #expect(Hex.encode([]) == "")
    }

    @Test(arguments: ["0", "abc", "0g", "0x", " 0", "٠٠", "-1", "é"]) func hexIsRefused(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}

import AlmanacClient
import AlmanacModel
import TestSupport
import Testing

@Suite struct ShortIDTests {
    private static func id(_ start: String) throws -> UniqueID {
        let digits = start + String(repeating: "0", count: 32 - start.count)
        let bytes = try #require(Hex.decode(digits))
        return try #require(UniqueID(bytes: bytes))
    }

    @Test func fourDigitsWhereNothingIsAlike() throws {
        #expect(ShortID.of(try Self.id("a7f3"), among: [try Self.id("b7f3"), try Self.id("a7f4")]) == "a7f3")
    }

    @Test func moreDigitsWhereTwoShareThem() throws {
        let ids = try [Self.id("a7f312"), Self.id("a7f318"), Self.id("00")]
        #expect(ShortID.of(ids[0], among: ids) == "a7f312")
        #expect(ShortID.all(ids).values.sorted() == ["0000", "a7f312", "a7f318"])
    }

    @Test func everyShortIDBelongsToOneAlone() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let ids = (0..<2_000).compactMap { _ in
            // Few different bytes, so that many begin alike.
            UniqueID(random: (0..<16).map { _ in UInt8.random(in: 0...3, using: &generator) })
        }
        for (id, short) in ShortID.all(ids) {
            let fitting = Set(ids).filter { ShortID.digits(of: $0).hasPrefix(short) }
            #expect(fitting == [id], "seed \(seed)")
        }
    }

    @Test func aPrefixIsHexadecimalDigitsWithOrWithoutHyphens() {
        #expect(ShortID.prefix("A7F3") == "a7f3")
        #expect(ShortID.prefix("a7f30000-1111-4222-8333-444455556666") == "a7f30000111142228333444455556666")
        for text in ["", "-", "xyz", "a7f3 ", "ａ７", String(repeating: "a", count: 33)] { #expect(ShortID.prefix(text) == nil) }
    }

    @Test func whatLooksLikeAnID() {
        for text in ["acec", "a7f3", "019a-bcde", "ACEC"] { #expect(ShortID.isLikely(text), "\(text)") }
        for text in ["abc", "seoul", "cluster/seoul", "", "c1"] { #expect(!ShortID.isLikely(text), "\(text)") }
    }
}

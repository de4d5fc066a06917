import AlmanacModel
import Testing

@testable import AlmanacClient

/// Numbers and times in words.
struct WordsTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (88_310, "88,310"), (-1_234_567, "-1,234,567")])
    func numbersAreGrouped(_ number: Int, _ text: String) { #expect(Words.grouped(number) == text) }

    @Test(arguments: [(1, "1 stream"), (2, "2 streams"), (0, "0 streams")])
    func nounsFollowTheirNumber(_ number: Int, _ text: String) { #expect(Words.count(number, "stream") == text) }

    @Test(arguments: [
        (0, "0 s old"), (59, "59 s old"), (60, "1 min old"), (7_200, "2 h old"), (172_800, "2 days old"), (-10, "0 s old"),
    ])
    func agesAreShort(_ seconds: Int, _ text: String) { #expect(Words.age(.seconds(seconds)) == text) }

    @Test func threats18AFutureSignatureShowsAWrongClock() {
        #expect(Words.age(.seconds(-7_200)) == "signed 2 h in the future: a clock is wrong")
    }

    @Test func fingerprintsShowTheirEnds() {
        #expect(Words.fingerprint([0x9f, 0x2c] + [UInt8](repeating: 0, count: 29) + [0xe1]) == "SHA256:9f2c…e1")
    }
}

import TestSupport
import AlmanacModel
import Testing

@Suite struct InstantTests {
    private static let lowest: Int64 = -62_135_596_800_000
    private static let highest: Int64 = 253_402_300_799_999

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
            ("2026-11-21T09:12:00Z", 1_795_252_320_000), ("2000-02-29T23:59:59.5Z", 951_868_799_500),
            ("1969-12-31T00:00:00Z", -86_400_000),
            ("0001-01-01T00:00:00Z", lowest), ("9999-12-31T23:59:59.999Z", highest),
            ("2001-09-09T01:46:40.05Z", 1_000_000_000_050),
        ] as [(String, Int64)])
    func textAndMilliseconds(text: String, milliseconds: Int64) throws {
        let instant = try #require(Instant(text))
        #expect(instant.milliseconds == milliseconds)
        #expect(Instant(instant.description) == instant)
    }

    @Test func everyMillisecondIsWrittenAndReadBack() throws {
        let seed: UInt64 = 11
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let milliseconds = Int64.random(in: Self.lowest...Self.highest, using: &random)
            let instant = try #require(Instant(milliseconds: milliseconds))
            #expect(Instant(instant.description) == instant, "seed \(seed): \(milliseconds)")
        }
    }

    @Test(arguments: [
        "", "Z", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.1234Z", "2024-01-01T00:00:00+00:00",
        "2024-01-01T00:00:00z",
        "2024-02-30T00:00:00Z", "2024-01-01T00:00:00,5Z", "2024-01-01T0:00:00ZZ", "2024-01-01T00:00:00ZZ", "2024-01-01T00-00-00Z",
        "2024-01-01T00:00:0é Z",
    ])
    func textIsRefused(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func clocksAreClamped() {
        #expect(Instant(milliseconds: Self.lowest - 1) == nil)
        #expect(Instant(milliseconds: Self.highest + 1) == nil)
        #expect(Instant(clamping: .min).milliseconds == Self.lowest)
        #expect(Instant(clamping: .max) == .distantFuture)
        #expect(Instant.distantFuture.milliseconds == Self.highest)
    }

    @Test func advancingNeverTraps() {
        let start = Instant(clamping: 807)
        #expect(start.advanced(by: .milliseconds(1_500)).milliseconds == 2_307)
        #expect(start.advanced(by: .milliseconds(-1_500)).milliseconds == -693)
        for seconds: Int64 in [Int64.max, 9_223_372_036_854_775, 9_223_372_036_854_774] {
            for attoseconds in [Int64(0), 900_000_000_000_000_000] {
                let duration = Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
                #expect(start.advanced(by: duration) == .distantFuture)
                #expect(start.advanced(by: .zero - duration) == Instant(clamping: .min))
            }
        }
    }

    @Test func durationIsTheDifference() {
        let (early, late) = (Instant(clamping: .min), Instant.distantFuture)
        #expect(late.duration(since: early) == .milliseconds(Self.highest - Self.lowest))
        #expect(early.advanced(by: late.duration(since: early)) == late)
    }
}

import AlmanacModel
import Testing

@Suite struct ByteCountTests {
    @Test(arguments: [
        (0, "0 B"), (1, "1 B"), (412, "412 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_049, "1.0 kB"), (1_050, "1.1 kB"),
        (999_949, "999.9 kB"), (999_950, "1.0 MB"), (1_049_950, "1.0 MB"), (6_200_000, "6.2 MB"), (999_949_999, "999.9 MB"),
        (999_950_000, "1.0 GB"), (41_000_000_000, "41.0 GB"), (1_500_000_000_000, "1.5 TB"), (.max, "9223372.0 TB"), (-1, "-1 B"),
    ])
    func isWrittenForPeople(count: Int, text: String) {
        #expect(ByteCount(count).description == text)
    }

    @Test func units() {
        #expect(ByteCount.kibibytes(256) == ByteCount(262_144))
        #expect(ByteCount.mebibytes(1) + ByteCount.zero == ByteCount(1_048_576))
        #expect(ByteCount(1) < ByteCount(2))
    }
}

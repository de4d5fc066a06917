import AlmanacModel
import Testing

@Suite struct ByteCountTextTests {
    @Test(arguments: [
        ("0", 0), ("500000", 500_000), ("10MB", 10_000_000), ("10 mb", 10_000_000), ("1.5GB", 1_500_000_000), ("64KiB", 65_536),
        ("0.5 MiB", 524_288), ("7B", 7), ("2kB", 2_000),
    ])
    func whatPeopleWrite(text: String, bytes: Int) { #expect(ByteCount(text)?.rawValue == bytes) }

    @Test(arguments: ["", "MB", "-1", "1..5MB", "1.MB", ".5MB", "10 XB", "9999999999999GB", "1e6", "١MB", "10MB extra"])
    func whatIsNoSize(text: String) { #expect(ByteCount(text) == nil) }
}

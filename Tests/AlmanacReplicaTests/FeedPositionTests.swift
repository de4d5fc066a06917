import AlmanacModel
import Testing

@testable import AlmanacReplica

@Suite struct FeedPositionTests {
    @Test(arguments: ["0", "48211", "9223372036854775807", "48211.9f3a1c2b.12", "1.0000000a.0"])
    func whatIsWrittenIsRead(text: String) throws {
        #expect(try #require(FeedPosition(text)).description == text)
    }

    @Test func anRIsAllowed() { #expect(FeedPosition("r48211") == FeedPosition(Sequence(48_211))) }

    @Test(arguments: [
        "", "r", "-1", "+1x", "9223372036854775808", "18446744073709551616", "1.2", "1.2.3", "1.9f3a1c2b.", "1.9f3a1c2b.-1",
        "1.9f3a1c2g.1", "1..1", "1.9f3a1c2b.1.1", "last-sync", "1.9f3a1c2b.9223372036854775808", "1.-f3a1c2b.1", "+5",
        "1.+f3a1c2b.1",
    ])
    func anythingElseIsNot(text: String) { #expect(FeedPosition(text) == nil) }
}

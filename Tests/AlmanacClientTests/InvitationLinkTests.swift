import AlmanacCrypto
import AlmanacWire
import Testing

@testable import AlmanacClient

/// The one text from outside that a user pastes.
struct InvitationLinkTests {
    private static let secret = String(repeating: "A", count: 21) + "Q"
    private static let pin = String(repeating: "B", count: 42) + "E"

    @Test func aLinkIsRead() throws {
        let link = try InvitationLink("almanac://data.example.org:7410/\(Self.secret).\(Self.pin)")
        #expect(link.address == ServerAddress(host: "data.example.org", port: 7410))
        #expect(Base64URL.encode(link.secret.bytes) == Self.secret)
        #expect(Base64URL.encode(link.pin.bytes) == Self.pin)
    }

    @Test func whiteSpaceAroundIsDropped() throws {
        let link = try InvitationLink("  \talmanac://h:1/\(Self.secret).\(Self.pin)\r\n")
        #expect(link.address.description == "h:1")
    }

    @Test func anIPv6AddressStandsInBrackets() throws {
        let link = try InvitationLink("almanac://[::1]:65535/\(Self.secret).\(Self.pin)")
        #expect(link.address == ServerAddress(host: "::1", port: 65535))
        #expect(link.address.description == "[::1]:65535")
    }

    @Test(arguments: [
        ("", InvitationLink.Problem.notALink), ("almanac:", .notALink), ("https://h:1/x.y", .notALink),
        ("almanac://h:1", .notALink),
        ("almanac://:1/S.P", .host), ("almanac://[::1/S.P", .host), ("almanac://[h]:1/S.P", .host),
        ("almanac://a b:1/S.P", .host),
        ("almanac://../:1/S.P", .port), ("almanac://h\u{0}:1/S.P", .host), ("almanac://é:1/S.P", .host),
        ("almanac://::1:1/S.P", .host),
        ("almanac://h/S.P", .port), ("almanac://h:/S.P", .port), ("almanac://h:0/S.P", .port), ("almanac://h:65536/S.P", .port),
        ("almanac://h:-1/S.P", .port), ("almanac://h:+1/S.P", .port), ("almanac://h:99999999999999999999/S.P", .port),
        ("almanac://h:１/S.P", .port), ("almanac://h:1/", .secret), ("almanac://h:1/.P", .secret),
        ("almanac://h:1/short.P", .secret),
        ("almanac://h:1/S", .pin), ("almanac://h:1/S.", .pin), ("almanac://h:1/S.short", .pin), ("almanac://h:1/S.P.P", .pin),
        ("almanac://h:1/S.P/more", .pin), ("almanac://h:1/S.P=", .pin), ("almanac://h:1/S=.P", .secret),
    ])
    func anythingElseGetsItsSentence(_ text: String, _ problem: InvitationLink.Problem) {
        let link = text.replacing("S", with: Self.secret).replacing("P", with: Self.pin)
        #expect(throws: problem) { try InvitationLink(link) }
        #expect(problem.description.hasSuffix(".") || problem.description.hasSuffix("?"))
    }

    @Test func everyTruncationIsRefused() throws {
        let whole = "almanac://data.example.org:7410/\(Self.secret).\(Self.pin)"
        for count in 0..<whole.count {
            #expect(throws: InvitationLink.Problem.self) { try InvitationLink(String(whole.prefix(count))) }
        }
    }

    @Test func aHugeLinkIsRefusedAtOnce() {
        let huge = "almanac://" + String(repeating: "h", count: 5_000_000)
        #expect(throws: InvitationLink.Problem.notALink) { try InvitationLink(huge) }
    }

    @Test func theSecretIsNotPrinted() throws {
        let link = try InvitationLink("almanac://h:1/\(Self.secret).\(Self.pin)")
        #expect(!"\(link)".contains(Self.secret))
        #expect(!String(reflecting: link).contains(Self.secret))
    }
}

import NIOCore
import Testing

@testable import AlmanacServer

@Suite struct PeerAddressTests {
    private func address(_ text: String) throws -> PeerAddress? { PeerAddress(try SocketAddress(ipAddress: text, port: 1)) }

    @Test func addressesOfOneCustomerAreOne() throws {
        #expect(try address("192.0.2.1") == address("192.0.2.1"))
        #expect(try address("192.0.2.1") != address("192.0.2.2"))
        #expect(try address("2001:db8:0:1::1") == address("2001:db8:0:1:ffff::2"))
        #expect(try address("2001:db8:0:1::1") != address("2001:db8:0:2::1"))
        #expect(try address("::ffff:192.0.2.1") == address("192.0.2.1"))
        #expect(try address("::1") != address("0.0.0.1"))
    }

    @Test func theyAreShown() throws {
        #expect(try address("192.0.2.1")?.description == "192.0.2.1")
        #expect(try address("2001:db8:0:1::7")?.description == "2001:db8:0:1::/64")
        #expect(PeerAddress(nil) == nil)
        #expect(PeerAddress(try SocketAddress(unixDomainSocketPath: "/x")) == nil)
    }
}

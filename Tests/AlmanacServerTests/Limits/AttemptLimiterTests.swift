import AlmanacModel
import NIOCore
import Testing

@testable import AlmanacServer

@Suite struct AttemptLimiterTests {
    private let now = TestDataset.founded

    private func address(_ number: Int) throws -> PeerAddress {
        try #require(
            PeerAddress(try SocketAddress(ipAddress: "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)", port: 1)))
    }

    @Test func threat5_soManyAMinuteAndNotOneMore() throws {
        let limiter = AttemptLimiter(limit: 3)
        for _ in 0..<3 { #expect(try limiter.attempt(address(1), now: now) == nil) }
        #expect(try limiter.attempt(address(1), now: now.advanced(by: .seconds(20))) == .seconds(40))
        #expect(try limiter.attempt(address(2), now: now.advanced(by: .seconds(20))) == nil)
        #expect(try limiter.attempt(address(1), now: now.advanced(by: .seconds(59))) == .seconds(1))
        #expect(try limiter.attempt(address(1), now: now.advanced(by: .seconds(60))) == nil)
    }

    @Test func threat5_manyAddressesCostNoMoreMemoryThanAllowed() throws {
        let limiter = AttemptLimiter(limit: 2)
        for number in 0..<AttemptLimiter.addressLimit { #expect(try limiter.attempt(address(number), now: now) == nil) }
        // From here on they count as one.
        #expect(try limiter.attempt(address(100_000), now: now) == nil)
        #expect(try limiter.attempt(address(100_001), now: now) == nil)
        #expect(try limiter.attempt(address(100_002), now: now) != nil)
        #expect(try limiter.attempt(address(0), now: now) == nil)
    }
}

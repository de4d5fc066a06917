import AlmanacTransport
import NIOCore
import NIOEmbedded
import Testing

struct ClosingTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    @Test(arguments: TLSPair.Direction.allCases) func eitherSideMayCloseInGoodOrder(direction: TLSPair.Direction) throws {
        let pair = try TLSPair.connected(authority)
        let closer = pair.receiver(direction)
        closer.write("last words".utf8)
        let closed = closer.channel.close()
        #expect(closer.channel.isActive, "waits for the other's close_notify")
        try pair.pump()
        try closed.wait()
        let other = pair.receiver(direction == .toServer ? .toClient : .toServer)
        #expect(other.recorder.received == Array("last words".utf8))
        for endpoint in pair.endpoints {
            #expect(endpoint.recorder.errors.isEmpty)
            #expect(endpoint.recorder.isInactive)
            #expect(endpoint.recorder.late.isEmpty)
        }
    }

    @Test func bothSidesMayCloseAtOnce() throws {
        let pair = try TLSPair.connected(authority)
        let closed = pair.endpoints.map { $0.channel.close() }
        try pair.pump()
        for future in closed { try future.wait() }
        #expect(pair.endpoints.allSatisfy { $0.recorder.errors.isEmpty && $0.recorder.isInactive })
    }

    @Test(arguments: TLSPair.Direction.allCases) func anEndWithoutCloseNotifyIsTruncation(direction: TLSPair.Direction) throws {
        let pair = try TLSPair.connected(authority)
        let endpoint = pair.receiver(direction)
        endpoint.endOfFile()
        #expect(endpoint.recorder.tlsErrors == [.truncated])
        #expect(endpoint.recorder.isInactive)
        #expect(endpoint.recorder.late.isEmpty)
    }

    @Test func aSocketErrorIsTheOnlyError() throws {
        let pair = try TLSPair.connected(authority)
        pair.client.channel.pipeline.fireErrorCaught(IOError(errnoCode: 104, reason: "read"))
        pair.loop.run()
        #expect(pair.client.recorder.errors.count == 1)
        #expect(pair.client.recorder.errors.first is IOError)
        #expect(pair.client.recorder.isInactive)
    }

    @Test func aPeerThatNeverAnswersACloseIsLeftAfterAWhile() throws {
        let pair = try TLSPair.connected(authority, timeouts: TLSTimeouts(close: .seconds(5)))
        let closed = pair.client.channel.close()
        pair.loop.advanceTime(by: .milliseconds(4_999))
        #expect(pair.client.channel.isActive)
        pair.loop.advanceTime(by: .milliseconds(1))
        try closed.wait()
        #expect(pair.client.recorder.errors.isEmpty)
        #expect(pair.client.recorder.isInactive)
    }

    @Test func closingTwiceIsClosingOnce() throws {
        let pair = try TLSPair.connected(authority)
        let first = pair.client.channel.close()
        let second = pair.client.channel.close()
        try pair.pump()
        try first.wait()
        try second.wait()
    }

    @Test func nothingCanBeWrittenAfterClosing() throws {
        let pair = try TLSPair.connected(authority)
        let closed = pair.client.channel.close()
        #expect(throws: TLSError.ioClosed) { try pair.client.write([1]).wait() }
        try pair.pump()
        try closed.wait()
        #expect(throws: (any Error).self) { try pair.client.write([1]).wait() }
    }

    @Test func closingDuringTheHandshakeFailsTheEarlyWrites() throws {
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext())
        let early = pair.client.write([1])
        try pair.client.channel.close().wait()
        #expect(throws: TLSError.ioClosed) { try early.wait() }
        #expect(pair.client.recorder.errors.isEmpty)
        try pair.pump()
        #expect(pair.server.recorder.tlsErrors == [.truncated])
    }

    @Test func dataAfterCloseNotifyIsIgnored() throws {
        let pair = try TLSPair.connected(authority)
        pair.server.channel.allowRemoteHalfClosure = true
        pair.client.channel.close(promise: nil)
        try pair.pump { direction, bytes in direction == .toServer ? [bytes, ByteBuffer(string: "forged")] : [bytes] }
        #expect(pair.server.recorder.inputClosedCount == 1)
        #expect(pair.server.recorder.errors.isEmpty)
        #expect(pair.server.recorder.received.isEmpty)
    }

    @Test func aHalfClosedSocketWithoutCloseNotifyIsTruncation() throws {
        let pair = try TLSPair.connected(authority)
        pair.server.channel.allowRemoteHalfClosure = true
        pair.server.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        pair.loop.run()
        #expect(pair.server.recorder.tlsErrors == [.truncated])
        #expect(pair.server.recorder.isInactive)
    }
}

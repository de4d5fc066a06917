import AlmanacTransport
import NIOCore
import NIOEmbedded
import Testing

struct DataTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    @Test(arguments: [1, 16_383, 16_384, 16_385, 65_536, 1_000_003]) func dataOfEverySizeArrives(count: Int) throws {
        let pair = try TLSPair.connected(authority)
        let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let sent = pair.client.write(data)
        pair.server.write(data)
        try pair.pump()
        try sent.wait()
        #expect(pair.server.recorder.received == data)
        #expect(pair.client.recorder.received == data)
        #expect(pair.server.recorder.largestRead <= TLSHandler.maximumReadByteCount)
    }

    @Test func aReadOfManyRecordsIsHandedOnInBoundedPieces() throws {
        let pair = try TLSPair.connected(authority)
        pair.client.write([UInt8](repeating: 7, count: 1_000_000))
        var joined = ByteBuffer()
        for var piece in try pair.client.takeOutput() { joined.writeBuffer(&piece) }
        try pair.server.receive(joined)
        #expect(pair.server.recorder.received.count == 1_000_000)
        #expect(pair.server.recorder.largestRead <= TLSHandler.maximumReadByteCount)
    }

    @Test func anEmptyWriteSucceedsAndSendsNothing() throws {
        let pair = try TLSPair.connected(authority)
        try pair.client.write([]).wait()
        #expect(try pair.client.takeOutput().allSatisfy { $0.readableBytes == 0 })
    }

    @Test func nothingLeavesBeforeAFlush() throws {
        let pair = try TLSPair.connected(authority)
        _ = pair.client.channel.write(ByteBuffer(string: "later"))
        #expect(try pair.client.takeOutput().isEmpty)
        pair.client.channel.flush()
        try pair.pump()
        #expect(pair.server.recorder.received == Array("later".utf8))
    }

    @Test func aReaderMayCloseInTheMiddleOfARead() throws {
        let pair = try TLSPair.connected(authority)
        pair.server.recorder.onRead = { $0.close(promise: nil) }
        pair.client.write([UInt8](repeating: 7, count: 1_000_000))
        var joined = ByteBuffer()
        for var piece in try pair.client.takeOutput() { joined.writeBuffer(&piece) }
        try pair.server.receive(joined)
        try pair.pump()
        #expect(pair.server.recorder.received.count <= TLSHandler.maximumReadByteCount)
        #expect(pair.endpoints.allSatisfy { $0.recorder.errors.isEmpty && $0.recorder.isInactive })
    }

    @Test func dataInTheSameBytesAsTheEndOfTheHandshakeIsNotLost() throws {
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext())
        let data = [UInt8](repeating: 9, count: TLSHandler.maximumEarlyByteCount)
        pair.client.write(data)
        try pair.server.receive(pair.client.takeOutput().reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) })
        try pair.client.receive(pair.server.takeOutput().reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) })
        try pair.server.receive(pair.client.takeOutput().reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) })
        #expect(pair.server.recorder.received == data)
        #expect(pair.server.recorder.errors.isEmpty)
    }

    @Test func aReadAskedForDuringTheHandshakeIsStillOwedAfterIt() throws {
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext())
        let reads = ReadCounter()
        try pair.server.channel.pipeline.syncOperations.addHandler(reads, position: .first)
        try pair.pump()
        let duringHandshake = reads.count
        #expect(duringHandshake > 0, "the handshake reads by itself")
        pair.server.channel.pipeline.fireChannelReadComplete()
        #expect(reads.count == duringHandshake, "nobody asked for data")
        pair.server.channel.read()
        pair.server.channel.pipeline.fireChannelReadComplete()
        #expect(reads.count == duringHandshake + 2, "asked, and nothing came")
        pair.client.write([1])
        try pair.pump()
        #expect(reads.count == duringHandshake + 2, "what was asked for has come")
    }

    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }
}

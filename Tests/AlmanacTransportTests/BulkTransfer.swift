import TestSupport
import AlmanacTransport
import NIOConcurrencyHelpers
import NIOCore

/// One side of a large transfer in both directions: writes only while the channel is writable, checks every byte that comes.
final class BulkTransfer: Sendable {
    struct Result: Equatable, Sendable {
        var receivedCount = 0
        var isIntact = true
    }

    let byteCount: Int
    let seed: UInt64
    let expectedSeed: UInt64
    private let result = NIOLockedValueBox(Result())
    private let ended = AsyncStream.makeStream(of: Result.self)
    private let heldBack = AsyncStream.makeStream(of: Void.self)

    init(byteCount: Int, seed: UInt64, expecting expectedSeed: UInt64) {
        self.byteCount = byteCount
        self.seed = seed
        self.expectedSeed = expectedSeed
    }

    var receivedCount: Int { result.withLockedValue { $0.receivedCount } }

    /// Waits until the channel stopped this side from writing.
    func isHeldBack() async { for await _ in heldBack.stream { return } }

    /// Waits for all bytes, or the end.
    func end() async -> Result {
        for await result in ended.stream { return result }
        return result.withLockedValue { $0 }
    }

    func makeHandler() -> some ChannelInboundHandler & Sendable { Handler(transfer: self) }

    fileprivate func noteHeldBack() { heldBack.continuation.yield() }

    fileprivate func note(_ bytes: ByteBuffer, isIntact: Bool) {
        let result = result.withLockedValue { result in
            result.receivedCount += bytes.readableBytes
            result.isIntact = result.isIntact && isIntact
            return result
        }
        if result.receivedCount >= byteCount { ended.continuation.yield(result) }
    }

    fileprivate func noteEnd() { ended.continuation.finish() }
}

/// An endless sequence of bytes in which any stretch of up to a period can be cut out.
private struct Pattern {
    static let period = 65_536
    private let twice: ByteBuffer

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let once = (0..<Self.period / 8).flatMap { _ in withUnsafeBytes(of: generator.next(), Array.init) }
        twice = ByteBuffer(bytes: once + once)
    }

    func slice(at position: Int, count: Int) -> ByteBuffer {
        twice.getSlice(at: position % Self.period, length: count) ?? ByteBuffer()
    }
}

private final class Handler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let transfer: BulkTransfer
    private let outgoing: Pattern
    private let incoming: Pattern
    private let sentCount = NIOLockedValueBox(0)

    init(transfer: BulkTransfer) {
        self.transfer = transfer
        outgoing = Pattern(seed: transfer.seed)
        incoming = Pattern(seed: transfer.expectedSeed)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is TLSHandshakeCompleted { send(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { send(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        let expected = incoming.slice(at: transfer.receivedCount, count: bytes.readableBytes)
        transfer.note(bytes, isIntact: bytes == expected)
    }

    func channelInactive(context: ChannelHandlerContext) { transfer.noteEnd() }

    private func send(_ context: ChannelHandlerContext) {
        while context.channel.isWritable {
            let position = sentCount.withLockedValue { $0 }
            let count = min(transfer.byteCount - position, 50_000)
            guard count > 0 else { return }
            sentCount.withLockedValue { $0 += count }
            context.writeAndFlush(wrapOutboundOut(outgoing.slice(at: position, count: count)), promise: nil)
        }
        transfer.noteHeldBack()
    }
}

import AlmanacTransport
import NIOCore
import NIOEmbedded

/// One side of a connection in memory: a channel with a ``TLSHandler`` and a ``Recorder``.
final class Endpoint {
    let channel: EmbeddedChannel
    let recorder = Recorder()

    init(_ context: TLSContext, loop: EmbeddedEventLoop, timeouts: TLSTimeouts = TLSTimeouts()) throws {
        channel = EmbeddedChannel(loop: loop)
        try channel.pipeline.syncOperations.addHandlers(TLSHandler(context: context, timeouts: timeouts), recorder)
    }

    /// An open channel keeps itself alive.
    deinit { endOfFile() }

    func activate() throws {
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// What the side wants to send over the network, in pieces.
    func takeOutput() throws -> [ByteBuffer] {
        var output: [ByteBuffer] = []
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { output.append(bytes) }
        return output
    }

    func receive(_ bytes: ByteBuffer) throws {
        guard channel.isActive else { return }
        try channel.writeInbound(bytes)
    }

    func receive(_ bytes: some Collection<UInt8>) throws { try receive(ByteBuffer(bytes: bytes)) }

    @discardableResult
    func write(_ bytes: some Sequence<UInt8>) -> EventLoopFuture<Void> {
        channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// The TCP connection ends.
    func endOfFile() {
        guard channel.isActive else { return }
        channel._channelCore.close0(error: ChannelError.eof, mode: .all, promise: nil)
        channel.embeddedEventLoop.run()
    }
}

import NIOCore
import NIOPosix

/// Connections that send the beginning of a TLS handshake a byte a second, and come back when they are cut off. A single thread.
final class HandshakeDribblers: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let port: Int
    let tally = Tally()

    init(port: Int) { self.port = port }

    func come(_ numbers: Range<Int>, aSecond: Int) {
        for (position, number) in numbers.enumerated() {
            let delay = TimeAmount.nanoseconds(Int64(position) * 1_000_000_000 / Int64(aSecond))
            group.next().scheduleTask(in: delay) { [self] in connect(number) }
        }
    }

    func leave() async { try? await group.shutdownGracefully() }

    private func connect(_ number: Int) {
        guard let address = try? LoopbackAddress.of(client: number) else { return }
        ClientBootstrap(group: group).bind(to: address)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Dribbler()) }
            }
            .connect(host: LoopbackAddress.server, port: port)
            .whenComplete { [self] result in connected(result, number) }
    }

    private func connected(_ result: Result<any Channel, any Error>, _ number: Int) {
        switch result {
        case .success(let channel):
            tally.opened()
            channel.closeFuture.whenComplete { [self] _ in
                tally.closed(wasFollowing: false)
                comeBack(number)
            }
        case .failure(let error):
            tally.failed("\(error)")
            comeBack(number)
        }
    }

    private func comeBack(_ number: Int) { group.next().scheduleTask(in: .seconds(1)) { [self] in connect(number) } }
}

/// A byte a second of a ClientHello that never ends.
private final class Dribbler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// A record of a handshake, of 512 bytes, with a ClientHello of 508.
    private var rest: [UInt8] = [22, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]
    private var task: RepeatedTask?

    func channelActive(context: ChannelHandlerContext) {
        rest.reverse()
        let (context, handler) = (
            NIOLoopBound(context, eventLoop: context.eventLoop), NIOLoopBound(self, eventLoop: context.eventLoop)
        )
        let delay = TimeAmount.milliseconds(Int64.random(in: 1...1_000))
        task = context.value.eventLoop.scheduleRepeatedTask(initialDelay: delay, delay: .seconds(1)) { _ in
            let byte = ByteBuffer(bytes: [handler.value.rest.popLast() ?? 0])
            context.value.writeAndFlush(NIOAny(byte), promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { task?.cancel() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

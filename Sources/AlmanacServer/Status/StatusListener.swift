import Glibc
import NIOCore
import NIOPosix

/// A socket in the data directory that tells whoever may open it what the server is doing, as one JSON object.
///
/// It exists while the server runs; who finds one that nobody answers at knows that the server ended without tidying up. The lock on
/// the directory is held meanwhile, so that a socket that is there already belongs to nobody.
struct StatusListener: Sendable {
    private let channel: any Channel
    private let path: UnixPath

    static func bind(
        in directory: DataDirectory, group: any EventLoopGroup, _ status: @escaping @Sendable () -> ServerStatus
    ) async throws -> StatusListener {
        guard let path = UnixPath(directory: directory.path, name: DataDirectory.statusSocketName) else {
            throw IOError(errnoCode: ENAMETOOLONG, reason: "status socket")
        }
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 16)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StatusHandler(status))
                }
            }
            .bind(unixDomainSocketPath: path.path, cleanupExistingSocketFile: true).get()
        chmod(path.path, 0o600)
        return StatusListener(channel: channel, path: path)
    }

    func close() async {
        try? await channel.close().get()
        unlink(path.path)
    }
}

/// Says it and closes; what comes in is dropped.
private final class StatusHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let status: @Sendable () -> ServerStatus

    init(_ status: @escaping @Sendable () -> ServerStatus) { self.status = status }

    func channelActive(context: ChannelHandlerContext) {
        guard let answer = try? status().encoded() else { return context.close(promise: nil) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: sent)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

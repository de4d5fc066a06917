import AlmanacTransport
import NIOCore
import NIOPosix

/// A listener on 127.0.0.1 whose connections can be waited for.
struct TestListener {
    let channel: any Channel
    let port: Int
    private let accepted: AsyncStream<(any Channel, EventStream)>

    init(_ context: TLSContext, allowsHalfClosure: Bool = false) async throws {
        let (accepted, continuation) = AsyncStream.makeStream(of: (any Channel, EventStream).self)
        self.accepted = accepted
        channel = try await AlmanacListener.bind(
            host: "127.0.0.1", port: 0, context: context, group: MultiThreadedEventLoopGroup.singleton
        ) { channel in
            let stream = EventStream()
            continuation.yield((channel, stream))
            return channel.setOption(.allowRemoteHalfClosure, value: allowsHalfClosure)
                .flatMap { channel.pipeline.addHandler(stream) }
        }
        port = channel.localAddress?.port ?? 0
    }

    func accept() async throws -> Peer {
        for await (channel, stream) in accepted { return Peer(channel, stream) }
        throw Peer.EndedEarly(seen: [])
    }

    static func connect(_ port: Int, _ context: TLSContext) async throws -> Peer {
        let stream = EventStream()
        let channel = try await AlmanacConnector.connect(
            host: "127.0.0.1", port: port, context: context, group: MultiThreadedEventLoopGroup.singleton
        ) { $0.pipeline.addHandler(stream) }
        return Peer(channel, stream)
    }
}

import AlmanacModel
import AlmanacWire
import NIOCore

/// What a follower says, encoded once for all of them.
struct FollowPlan: Sendable {
    /// The hello, and a pull from the head that goes on.
    let follow: ByteBuffer
    /// The hello, and a pull of everything.
    let pullEverything: ByteBuffer
    /// The hello, and the first half of a message.
    let dribble: ByteBuffer

    private static let exchange = ExchangeID(1)

    init(_ store: CommitStore) throws {
        let (epoch, head, streams) = try store.bases()
        let hello = Message.clientHello(try ClientHello(software: Text("crowd/1")))
        let follow = Message.pull(
            try PullRequest(epoch: epoch, highestHead: head, streams: streams, patterns: [.all], extensions: .following))
        let everything = Message.pull(
            try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all], extensions: .following))
        self.follow = Self.bytes([(hello, .connection), (follow, Self.exchange)])
        pullEverything = Self.bytes([(hello, .connection), (everything, Self.exchange)])
        var whole = Self.bytes([(hello, .connection), (follow, Self.exchange)])
        dribble = whole.readSlice(length: Self.bytes([(hello, .connection)]).readableBytes + 9) ?? whole
    }

    static func pong(_ content: ByteBuffer) -> ByteBuffer {
        var bytes = ByteBuffer()
        Frame(type: MessageType.pong.rawValue, isLast: false, exchange: .connection, payload: content).write(into: &bytes)
        return bytes
    }

    private static func bytes(_ messages: [(Message, ExchangeID)]) -> ByteBuffer {
        var bytes = ByteBuffer()
        for (message, exchange) in messages { message.encode(exchange: exchange).write(into: &bytes) }
        return bytes
    }
}

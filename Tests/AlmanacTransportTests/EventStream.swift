import AlmanacTransport
import NIOCore

/// What a channel above TLS meets, for tests that wait on real sockets.
enum ChannelEventSeen: Equatable, Sendable {
    case completed(PeerCertificate)
    case bytes([UInt8])
    case failed(String)
    case inputClosed
    case inactive
}

final class EventStream: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    let events: AsyncStream<ChannelEventSeen>
    private let continuation: AsyncStream<ChannelEventSeen>.Continuation

    init() { (events, continuation) = AsyncStream.makeStream() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(.bytes(Array(unwrapInboundIn(data).readableBytesView)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { continuation.yield(.failed("\(error)")) }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.yield(.inactive)
        continuation.finish()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let completed = event as? TLSHandshakeCompleted { continuation.yield(.completed(completed.peer)) }
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { continuation.yield(.inputClosed) }
    }
}

/// A channel and what it meets, in order.
struct Peer {
    struct EndedEarly: Error { let seen: [ChannelEventSeen] }

    let channel: any Channel
    private var events: AsyncStream<ChannelEventSeen>.Iterator
    private(set) var seen: [ChannelEventSeen] = []

    init(_ channel: any Channel, _ stream: EventStream) {
        self.channel = channel
        events = stream.events.makeAsyncIterator()
    }

    mutating func next() async throws -> ChannelEventSeen {
        guard let event = await events.next() else { throw EndedEarly(seen: seen) }
        seen.append(event)
        return event
    }

    /// Reads until this much has come.
    mutating func bytes(_ count: Int) async throws -> [UInt8] {
        var received: [UInt8] = []
        while received.count < count {
            switch try await next() {
            case .bytes(let bytes): received += bytes
            case .completed: continue
            case .failed, .inputClosed, .inactive: throw EndedEarly(seen: seen)
            }
        }
        return received
    }

    /// Everything up to the end of the channel.
    mutating func rest() async -> [ChannelEventSeen] {
        var rest: [ChannelEventSeen] = []
        while let event = await events.next() { rest.append(event) }
        return rest
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }
}

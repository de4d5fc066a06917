import AlmanacModel
import AlmanacReplica
import AlmanacTransport
import AlmanacWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

/// A client that says what its test tells it, and nothing else.
final class TestClient: Sendable {
    private let channel: any Channel
    private let events: TestEvents
    private let bytes: NIOLockedValueBox<[UInt8]>

    /// What has come.
    enum Event: Sendable {
        case message(Message, ExchangeID)
        case failed(String)
        /// The connection is gone.
        case closed
    }

    static func connect(port: Int, context: TLSContext, group: any EventLoopGroup) async throws -> TestClient {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
        let bytes = NIOLockedValueBox<[UInt8]>([])
        let channel = try await AlmanacConnector.connect(host: "127.0.0.1", port: port, context: context, group: group) {
            channel in
            channel.eventLoop.makeCompletedFuture {
                let messages = MessageHandler(from: .server)
                try channel.pipeline.syncOperations.addHandlers(
                    BytesRecorder(bytes), messages, EventRecorder(continuation, messages))
            }
        }
        return TestClient(channel: channel, events: TestEvents(stream), bytes: bytes)
    }

    private init(channel: any Channel, events: TestEvents, bytes: NIOLockedValueBox<[UInt8]>) {
        self.channel = channel
        self.events = events
        self.bytes = bytes
    }

    deinit { if channel.isActive { channel.close(promise: nil) } }

    /// Everything that TLS has let through.
    var receivedBytes: [UInt8] { bytes.withLockedValue { $0 } }

    // MARK: Talking

    func send(_ message: Message, _ exchange: UInt16 = 0) {
        channel.writeAndFlush(MessageHandler.Outbound(message, ExchangeID(exchange)), promise: nil)
    }

    /// Below the messages: whatever bytes.
    func send(bytes: [UInt8]) async throws { try await channel.triggerUserOutboundEvent(RawBytes(bytes: bytes)).get() }

    /// Without waiting until they are sent.
    func post(bytes: [UInt8]) { channel.triggerUserOutboundEvent(RawBytes(bytes: bytes), promise: nil) }

    /// Whether what comes is read at all.
    func setReading(_ isReading: Bool) async throws { try await channel.setOption(.autoRead, value: isReading).get() }

    func event() async -> Event { await events.next() ?? .closed }

    func next() async throws -> (message: Message, exchange: ExchangeID) {
        switch await event() {
        case .message(let message, let exchange): return (message, exchange)
        case .failed(let error): throw Unexpected("the connection failed: \(error)")
        case .closed: throw Unexpected("the connection is closed")
        }
    }

    /// The next message is this error.
    func expectError(_ code: ErrorCode, _ exchange: UInt16 = 0, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (message, found) = try await next()
        guard case .error(let error) = message else {
            Issue.record("\(message.type) instead of an error", sourceLocation: sourceLocation)
            return
        }
        #expect(error.code == code, "\(error.sentence)", sourceLocation: sourceLocation)
        #expect(found == ExchangeID(exchange), sourceLocation: sourceLocation)
    }

    /// Nothing more comes but the end, in good order.
    func expectClosed(sourceLocation: SourceLocation = #_sourceLocation) async {
        let event = await event()
        guard case .closed = event else {
            Issue.record("\(event) instead of the end", sourceLocation: sourceLocation)
            return
        }
    }

    func close() async { try? await channel.close().get() }

    /// Without waiting for it.
    func drop() { channel.close(promise: nil) }

    // MARK: Pulling

    /// Everything that answers a pull.
    struct Pulled: Sendable {
        var outlines: [Outline] = []
        var windows: [Window] = []
        var complete: Complete

        var streams: [StreamName] { outlines.last?.entries.map(\.stream) ?? [] }
    }

    @discardableResult
    func pull(_ request: PullRequest, _ exchange: UInt16 = 1) async throws -> Pulled {
        send(.pull(request), exchange)
        var (outlines, windows): ([Outline], [Window]) = ([], [])
        while true {
            let (message, found) = try await next()
            guard found == ExchangeID(exchange) else { throw Unexpected("\(message.type) on exchange \(found)") }
            switch message {
            case .outline(let outline): outlines.append(outline)
            case .window(let window): windows.append(try window.decode())
            case .complete(let complete): return Pulled(outlines: outlines, windows: windows, complete: complete)
            case .error(let error): throw PullRefused(error: error)
            default: throw Unexpected("\(message.type) in a pull")
            }
        }
    }

    /// Of everything that matches, from the beginning.
    @discardableResult
    func pullAll(_ pattern: StreamPattern = .all, _ exchange: UInt16 = 1) async throws -> Pulled {
        try await pull(PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [pattern]), exchange)
    }
}

/// The server's error in answer to a pull.
struct PullRefused: Error {
    let error: ErrorMessage
}

/// One reader at a time.
private actor TestEvents {
    private var iterator: AsyncStream<TestClient.Event>.Iterator

    init(_ stream: AsyncStream<TestClient.Event>) { iterator = stream.makeAsyncIterator() }

    func next() async -> TestClient.Event? {
        var own = iterator
        defer { iterator = own }
        return await own.next(isolation: self)
    }
}

/// Bytes that go to TLS as they are.
private struct RawBytes: Sendable {
    let bytes: [UInt8]
}

private final class BytesRecorder: ChannelDuplexHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let bytes: NIOLockedValueBox<[UInt8]>

    init(_ bytes: NIOLockedValueBox<[UInt8]>) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        bytes.withLockedValue { $0 += buffer.readableBytesView }
        context.fireChannelRead(data)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let raw = event as? RawBytes else { return context.triggerUserOutboundEvent(event, promise: promise) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: raw.bytes)), promise: promise)
    }
}

private final class EventRecorder: ChannelInboundHandler {
    typealias InboundIn = MessageHandler.Inbound
    private let events: AsyncStream<TestClient.Event>.Continuation
    private let messages: MessageHandler

    init(_ events: AsyncStream<TestClient.Event>.Continuation, _ messages: MessageHandler) {
        self.events = events
        self.messages = messages
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .message(let message, let exchange):
            if case .serverHello = message { messages.liftCaps() }
            events.yield(.message(message, exchange))
        case .unknown(let type, _): events.yield(.failed("a message of type \(type)"))
        case .malformed(let error): events.yield(.failed("\(error)"))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        events.yield(.failed("\(error)"))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.closed)
        events.finish()
    }
}

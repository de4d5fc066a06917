import AlmanacModel
import AlmanacSync
import AlmanacWire

/// What a client's machine has asked for, and what it must not do.
struct ClientBooks {
    private(set) var isOver = false
    /// Whether the owner has an end to verify.
    private(set) var isJudging = false
    private let pull: PullRequest
    private var hasFailed = false
    private var isGreeted = false
    private var chainsAwaited = 0
    private var outline: Outline?
    private var received: [StreamName: UInt64] = [:]
    private var positions: [StreamName: Position] = [:]
    private var highestHead: AlmanacModel.Sequence

    init(_ pull: PullRequest) {
        self.pull = pull
        highestHead = pull.highestHead
        for stream in pull.streams { positions[stream.stream] = stream.position }
    }

    mutating func conclude() { isJudging = false }

    mutating func note(_ action: ClientMachine.Action) throws {
        try Finding.unless(!isOver, "\(action) after the end")
        if case .close = action {
            isOver = true
            return
        }
        try Finding.unless(!hasFailed, "\(action) after a failure")
        switch action {
        case .send(let message, let exchange): try noteSent(message, exchange)
        case .greet:
            try Finding.unless(!isGreeted, "a second hello is believed")
            isGreeted = true
        case .announce(let outline): try announce(outline)
        case .store(let window): try store(window)
        case .complete(let end, let streams): try judge(end, streams)
        case .reached(let end, let streams):
            try Finding.unless(pull.isFollowing, "a pull that does not follow goes on")
            try judge(end, streams)
        case .adopt:
            try Finding.unless(chainsAwaited > 0, "a chain that nobody asked for")
            chainsAwaited -= 1
        case .fail: hasFailed = true
        case .close: break
        }
    }

    /// Row 12 of what must not happen: sizes are bounded by what was announced.
    mutating func count(_ entries: Int, in stream: StreamName) throws {
        received[stream, default: 0] += UInt64(entries)
        let announced = outline?.entries.first { $0.stream == stream }?.remaining ?? 0
        try Finding.unless(received[stream, default: 0] <= announced, "more entries of \(stream) than were announced")
    }

    private mutating func noteSent(_ message: Message, _ exchange: ExchangeID) throws {
        try Finding.unless(message.type.isSent(by: .client), "a client sends \(message.type.name)")
        try Finding.unless(message.type.belongs(to: exchange), "\(message.type.name) on \(exchange)")
        guard case .chainRequest = message else { return }
        chainsAwaited += 1
        try Finding.unless(chainsAwaited == 1, "two requests for the chain at once")
    }

    private mutating func announce(_ outline: Outline) throws {
        try Finding.unless(isGreeted && !isJudging, "an outline out of place")
        try Finding.unless(outline.head >= highestHead, "the outline goes back to \(outline.head)")
        (self.outline, received, highestHead) = (outline, [:], outline.head)
    }

    private mutating func store(_ window: WindowMessage) throws {
        let header = window.header
        try Finding.unless(isGreeted && !isJudging, "a window out of place")
        try Finding.unless(outline?.entries.contains { $0.stream == header.stream } == true, "a window that was not announced")
        try Finding.unless(header.end > positions[header.stream] ?? .start, "\(header.stream) goes back to \(header.end)")
        try Finding.unless(header.head >= highestHead, "a window goes back to \(header.head)")
        positions[header.stream] = header.end
        highestHead = header.head
    }

    private mutating func judge(_ end: Complete, _ streams: [StreamName]) throws {
        try Finding.unless(isGreeted && !isJudging, "an end out of place")
        try Finding.unless(end.proofs.count == streams.count, "\(end.proofs.count) proofs for \(streams.count) streams")
        try Finding.unless(end.checkpoint.statement.sequence >= highestHead, "the end lies before what was sent")
        isJudging = true
    }
}

import AlmanacTransport
import NIOCore
import NIOPosix

/// One client of the crowd: it connects, and comes back when it has lost its connection. On one event loop.
final class Seat {
    private let number: Int
    private let crowd: Crowd
    private let behaviour: Follower.Behaviour
    private let eventLoop: any EventLoop
    private let tls: TLSContext
    private var pause = ReconnectPause()
    private var channel: (any Channel)?
    private var isFollowing = false
    private var isLeaving = false
    private var hasArrived = false

    init(_ number: Int, _ behaviour: Follower.Behaviour, of crowd: Crowd, on eventLoop: any EventLoop) throws {
        self.number = number
        self.crowd = crowd
        self.behaviour = behaviour
        self.eventLoop = eventLoop
        tls = try crowd.device.context()
    }

    func connect() {
        guard !isLeaving else { return }
        let seat = NIOLoopBound(self, eventLoop: eventLoop)
        do {
            var bootstrap = ClientBootstrap(group: eventLoop)
                .connectTimeout(.seconds(10))
                .bind(to: try LoopbackAddress.of(client: number))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try seat.value.prepare(channel) }
                }
            if behaviour == .stalls { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: 4_096) }
            bootstrap.connect(host: LoopbackAddress.server, port: crowd.port).whenComplete { seat.value.connected($0) }
        } catch {
            lost(error)
        }
    }

    func leave() {
        isLeaving = true
        channel?.close(promise: nil)
    }

    private func prepare(_ channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandler(TLSHandler(context: tls))
        try channel.pipeline.syncOperations.addHandler(Follower(crowd.plan, behaviour) { [self] in take($0) })
    }

    private func take(_ event: Follower.Event) {
        switch event {
        case .reached(let time):
            if !isFollowing { crowd.tally.began(at: time) }
            isFollowing = true
            arrive()
            pause = ReconnectPause()
            crowd.tally.reached(number, at: time)
        case .refused: crowd.tally.failed("refused")
        case .failed(let error): crowd.tally.failed("\(error)")
        }
    }

    private func connected(_ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel):
            self.channel = channel
            let seat = NIOLoopBound(self, eventLoop: eventLoop)
            crowd.tally.opened()
            channel.closeFuture.whenComplete { _ in seat.value.closed() }
            if isLeaving { channel.close(promise: nil) }
            if behaviour != .follows { arrive() }
        case .failure(let error): lost(error)
        }
    }

    private func arrive() {
        guard !hasArrived else { return }
        hasArrived = true
        crowd.admitNext()
    }

    private func closed() {
        channel = nil
        crowd.tally.closed(wasFollowing: isFollowing)
        isFollowing = false
        comeBack()
    }

    private func lost(_ error: any Error) {
        crowd.tally.failed("\(error)")
        comeBack()
    }

    private func comeBack() {
        guard !isLeaving else { return }
        let seat = NIOLoopBound(self, eventLoop: eventLoop)
        let delay = behaviour == .dribbles ? .seconds(1) : pause.next()
        eventLoop.scheduleTask(in: TimeAmount(delay)) { seat.value.connect() }
    }
}

/// As `almanac sync --follow` waits: between a quarter and the whole of a bound that doubles from a second to half a minute.
struct ReconnectPause {
    private var failures = 0

    mutating func next() -> Duration {
        let bound = min(30, Double(1 << min(failures, 6)))
        failures += 1
        return .seconds(bound * Double.random(in: 0.25...1))
    }
}

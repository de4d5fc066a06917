import AlmanacTransport
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Programs

/// Many clients of one server.
final class Crowd: Sendable {
    let device: EnrolledDevice
    let plan: FollowPlan
    let port: Int
    let tally = Tally()
    private let group: MultiThreadedEventLoopGroup
    private let queue = NIOLockedValueBox<CircularBuffer<Newcomer>>([])
    private let seats = NIOLockedValueBox<[Int: NIOLoopBound<Seat>]>([:])

    private struct Newcomer {
        let number: Int
        let behaviour: Follower.Behaviour
    }

    /// Not everybody came.
    struct Absent: Error, CustomStringConvertible {
        let description: String
    }

    /// Everybody is gone when this returns; OpenSSL, which cleans up when the process ends, must not be at work then.
    static func with(_ stage: Stage, _ body: (Crowd) async throws -> Void) async throws {
        let crowd = try Crowd(stage)
        do {
            try await body(crowd)
        } catch {
            await crowd.disperse()
            throw error
        }
        await crowd.disperse()
    }

    private init(_ stage: Stage) throws {
        device = stage.device
        plan = try FollowPlan(stage.store)
        port = Int(stage.server.port)
        group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
    }

    /// More clients come, so many at a time: the next when one follows. Returns when they all follow; those that do not follow, when
    /// they are connected.
    func come(_ numbers: Range<Int>, _ behaviour: Follower.Behaviour = .follows, atOnce: Int) async throws {
        let (following, open) = (tally.following, tally.open)
        queue.withLockedValue { $0.append(contentsOf: numbers.map { Newcomer(number: $0, behaviour: behaviour) }) }
        for _ in 0..<atOnce { admitNext() }
        let limit = Duration.seconds(60 + numbers.count / 20)
        switch behaviour {
        case .follows: try await wait(upTo: limit) { self.tally.following >= following + numbers.count }
        case .stalls, .dribbles: try await wait(upTo: limit) { self.tally.open >= open + numbers.count }
        }
    }

    /// Somebody has arrived, so that there is room at the door.
    func admitNext() {
        guard let newcomer = queue.withLockedValue({ $0.popFirst() }) else { return }
        let eventLoop = group.next()
        eventLoop.execute { [self] in
            do {
                let seat = try Seat(newcomer.number, newcomer.behaviour, of: self, on: eventLoop)
                seats.withLockedValue { $0[newcomer.number] = NIOLoopBound(seat, eventLoop: eventLoop) }
                seat.connect()
            } catch {
                tally.failed("\(error)")
            }
        }
    }

    /// Some of them go, and are waited for.
    func leave(_ numbers: Range<Int>) async throws {
        let leaving = seats.withLockedValue { seats in numbers.compactMap { seats.removeValue(forKey: $0) } }
        let open = tally.open
        for seat in leaving { seat.eventLoop.execute { seat.value.leave() } }
        try await wait(upTo: .seconds(60)) { self.tally.open <= open - leaving.count }
    }

    private func disperse() async {
        for seat in seats.withLockedValue({ Array($0.values) }) { seat.eventLoop.execute { seat.value.leave() } }
        seats.withLockedValue { $0 = [:] }
        try? await wait(upTo: .seconds(20)) { self.tally.open == 0 }
        try? await group.shutdownGracefully()
    }

    func wait(upTo limit: Duration, until isDone: () -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while !isDone() {
            guard ContinuousClock.now < end else {
                throw Absent(
                    description: "after \(limit): \(tally.open) open, \(tally.following) follow, \(tally.heardCount) were told; "
                        + "\(tally.takeFailures())")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacSync

/// A client whose pull goes on after its end.
@Suite struct ClientFollowTests {
    private static let silence = Duration.seconds(60)

    private func machine(follows: Bool = true) throws -> ClientMachine {
        let pull = try PullRequest(
            epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all], extensions: follows ? .following : .none)
        let hello = try ClientHello(software: "almanac/test", dataset: try Making.dataset)
        var machine = ClientMachine(plan: .init(hello: hello, pull: pull, epoch: nil))
        _ = machine.handle(.connected, now: Making.now)
        _ = machine.handle(.received(try Making.hello(), Making.connection), now: Making.now)
        return machine
    }

    private func receive(_ machine: inout ClientMachine, _ message: Message, at now: Instant = Making.now) -> [String] {
        Sketch.of(machine.handle(.received(message, Making.pull), now: now))
    }

    private func reached(_ sequence: UInt64, proofs: Int = 2) throws -> Message {
        guard case .complete(let end) = try Making.complete(sequence, proofs: proofs) else { throw CancellationError() }
        return .reached(Reached(end))
    }

    /// At head 9, applied.
    private func waiting() throws -> ClientMachine {
        var machine = try machine()
        #expect(receive(&machine, try Making.outline(9, [("rankings", 2), ("reference", 0)])) == ["announce"])
        #expect(receive(&machine, .window(try Making.window("rankings", base: 0, head: 9, ids: 1...2))) == ["store"])
        #expect(machine.counted(2, in: try Making.rankings).isEmpty)
        #expect(receive(&machine, try reached(9)) == ["reached rankings reference"])
        #expect(machine.handle(.concluded, now: Making.now).isEmpty)
        return machine
    }

    @Test func whatComesIsBasedOnWhatWasReached() throws {
        var machine = try waiting()
        #expect(receive(&machine, try Making.outline(10, [("rankings", 1), ("reference", 0)])) == ["announce"])
        #expect(receive(&machine, .window(try Making.window("rankings", base: 9, head: 10, ids: 1...1))) == ["store"])
        #expect(machine.counted(1, in: try Making.rankings).isEmpty)
        #expect(receive(&machine, try reached(10)) == ["reached rankings reference"])
        #expect(machine.handle(.concluded, now: Making.now).isEmpty)
        #expect(receive(&machine, try Making.outline(11, [("rankings", 0), ("reference", 0)])) == ["announce"])
        #expect(receive(&machine, try Making.complete(11, proofs: 2)) == ["complete rankings reference"])
        #expect(Sketch.of(machine.handle(.concluded, now: Making.now)) == ["close"])
    }

    @Test func aWindowBeforeItsOutlineIsRefused() throws {
        var machine = try waiting()
        let window = try Making.window("rankings", base: 9, head: 10, ids: 1...1)
        #expect(receive(&machine, .window(window)).first?.hasPrefix("fail") == true)
    }

    @Test func oldWindowsAreRefused() throws {
        var machine = try waiting()
        _ = receive(&machine, try Making.outline(10, [("rankings", 1), ("reference", 0)]))
        let old = try Making.window("rankings", base: 0, head: 9, ids: 1...2)
        #expect(receive(&machine, .window(old)).first?.hasPrefix("fail") == true)
    }

    @Test func threat9_aStateThatGoesBackIsRefused() throws {
        var machine = try waiting()
        #expect(receive(&machine, try Making.outline(8, [("rankings", 1), ("reference", 0)])).first?.hasPrefix("fail") == true)
    }

    @Test func nothingIsTakenBeforeTheLastStateIsApplied() throws {
        var machine = try machine()
        _ = receive(&machine, try Making.outline(9, [("rankings", 0), ("reference", 0)]))
        #expect(receive(&machine, try reached(9)) == ["reached rankings reference"])
        #expect(receive(&machine, try Making.outline(10, [("rankings", 0), ("reference", 0)])).first?.hasPrefix("fail") == true)
    }

    @Test func aPullThatWasNotToFollowDoesNotGoOn() throws {
        var machine = try machine(follows: false)
        _ = receive(&machine, try Making.outline(9, [("rankings", 0), ("reference", 0)]))
        #expect(receive(&machine, try reached(9)).first?.hasPrefix("fail") == true)
    }

    @Test func aSilentServerIsAskedOnceAndThenGivenUp() throws {
        var machine = try waiting()
        let later = Making.now.advanced(by: Self.silence)
        #expect(Sketch.of(machine.handle(.tick, now: later)) == ["send ping on 0"])
        #expect(machine.handle(.tick, now: later).isEmpty)
        let pong = ClientMachine.Event.received(.pong(Pong(answering: Ping(content: 0))), Making.connection)
        #expect(machine.handle(pong, now: later).isEmpty)
        let muchLater = later.advanced(by: Self.silence)
        #expect(Sketch.of(machine.handle(.tick, now: muchLater)) == ["send ping on 0"])
        let end = machine.handle(.tick, now: muchLater.advanced(by: Self.silence))
        #expect(Sketch.of(end).first?.hasPrefix("fail") == true)
    }

    @Test func aServerThatIsSilentInTheMiddleIsGivenUpAtOnce() throws {
        var machine = try waiting()
        _ = receive(&machine, try Making.outline(10, [("rankings", 1), ("reference", 0)]))
        let end = machine.handle(.tick, now: Making.now.advanced(by: Self.silence))
        #expect(Sketch.of(end).first?.hasPrefix("fail") == true)
    }
}

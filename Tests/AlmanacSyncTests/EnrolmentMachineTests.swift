import TestSupport
import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacSync

/// Enrolment, event by event.
struct EnrolmentMachineTests {
    private static func machine() throws -> EnrolmentMachine {
        let secret = try #require(InvitationSecret(bytes: [UInt8](repeating: 6, count: 16)))
        let request = try Enrol(secret: secret, request: [1], deviceName: "laptop")
        return EnrolmentMachine(plan: .init(hello: try ClientHello(software: "almanac/test"), request: request))
    }

    private static func enrolled() throws -> Message {
        .enrolled(try Enrolled(certificates: [[1]], person: "lea", role: .reader, chain: Making.chain()))
    }

    private static func isSecretSent(_ actions: [EnrolmentMachine.Action]) -> Bool {
        Sketch.of(actions).contains { $0.hasPrefix("send enrol") }
    }

    @Test func theWholeWay() throws {
        var machine = try Self.machine()
        #expect(Sketch.of(machine.handle(.connected, now: Making.now)) == ["send client_hello on 0"])
        let hello = try Making.hello(.enrol(Making.chain()))
        #expect(Sketch.of(machine.handle(.received(hello, Making.connection), now: Making.now)) == ["check"])
        #expect(Sketch.of(machine.handle(.authorityChecked, now: Making.now)) == ["send enrol on 1"])
        #expect(Sketch.of(machine.handle(.received(try Self.enrolled(), Making.pull), now: Making.now)) == ["accept", "close"])
        #expect(machine.handle(.disconnected(.cut), now: Making.now).isEmpty)
    }

    /// Whatever comes in whatever order: without the owner's word that the authority is the pinned one, no secret.
    @Test(arguments: 0..<200) func threats16TheSecretWaitsForTheCheck(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var machine = try Self.machine()
        let hello = try Making.hello(.enrol(Making.chain()))
        let full = try Making.hello()
        let answer = try Self.enrolled()
        for _ in 0..<12 {
            let event: EnrolmentMachine.Event =
                switch random.next() % 8 {
                case 0, 1: .connected
                case 2, 3: .received(hello, Making.connection)
                case 4: .received(answer, Making.pull)
                case 5: .receivedUnknown(77, Making.pull)
                case 6: .received(.ping(Ping(content: 1)), Making.connection)
                default: random.next() % 4 == 0 ? .received(full, Making.connection) : .tick
                }
            #expect(!Self.isSecretSent(machine.handle(event, now: Making.now)), "seed \(seed)")
        }
    }

    @Test func theWordBeforeTheHelloCountsForNothing() throws {
        var machine = try Self.machine()
        _ = machine.handle(.connected, now: Making.now)
        #expect(machine.handle(.authorityChecked, now: Making.now).isEmpty)
        let hello = try Making.hello(.enrol(Making.chain()))
        #expect(Sketch.of(machine.handle(.received(hello, Making.connection), now: Making.now)) == ["check"])
    }

    private static func renewal() throws -> EnrolmentMachine {
        EnrolmentMachine(plan: .init(hello: try ClientHello(software: "almanac/test"), renewal: try Renew(request: [1])))
    }

    @Test func aReaderRenewsAtOnce() throws {
        var machine = try Self.renewal()
        _ = machine.handle(.connected, now: Making.now)
        let hello = try Making.hello()
        #expect(Sketch.of(machine.handle(.received(hello, Making.connection), now: Making.now)) == ["send renew on 1"])
        #expect(Sketch.of(machine.handle(.received(try Self.enrolled(), Making.pull), now: Making.now)) == ["accept", "close"])
    }

    @Test func whoseCertificateHasEndedChecksTheAuthorityAndRenews() throws {
        var machine = try Self.renewal()
        _ = machine.handle(.connected, now: Making.now)
        let hello = try Making.hello(.renew(Making.chain()))
        #expect(Sketch.of(machine.handle(.received(hello, Making.connection), now: Making.now)) == ["check"])
        #expect(Sketch.of(machine.handle(.authorityChecked, now: Making.now)) == ["send renew on 1"])
    }

    @Test func aServerThatDoesNotKnowUsRenewsNothing() throws {
        var machine = try Self.renewal()
        _ = machine.handle(.connected, now: Making.now)
        let hello = try Making.hello(.enrol(Making.chain()))
        #expect(
            Sketch.failure(machine.handle(.received(hello, Making.connection), now: Making.now)) == .accessLimited(.enrol))
    }

    @Test func aServerThatAlreadyKnowsUsIsRefused() throws {
        var machine = try Self.machine()
        _ = machine.handle(.connected, now: Making.now)
        #expect(
            Sketch.failure(machine.handle(.received(try Making.hello(), Making.connection), now: Making.now))
                == .accessLimited(.full))
    }

    @Test func aCertificateThatNobodyAskedForIsRefused() throws {
        var machine = try Self.machine()
        _ = machine.handle(.connected, now: Making.now)
        let failure = Sketch.failure(machine.handle(.received(try Self.enrolled(), Making.pull), now: Making.now))
        #expect(failure == .protocolViolation("a certificate that nobody asked for"))
    }

    @Test func refusalsComeThrough() throws {
        var machine = try Self.machine()
        _ = machine.handle(.connected, now: Making.now)
        _ = machine.handle(.received(try Making.hello(.enrol(Making.chain())), Making.connection), now: Making.now)
        _ = machine.handle(.authorityChecked, now: Making.now)
        let failure = Sketch.failure(machine.handle(.received(Making.error(.invitationInvalid), Making.pull), now: Making.now))
        guard case .refused(let error) = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
        #expect(error.code == .invitationInvalid)
    }

    @Test func silenceEndsIt() throws {
        var machine = try Self.machine()
        _ = machine.handle(.connected, now: Making.now)
        #expect(Sketch.failure(machine.handle(.tick, now: try #require(machine.deadline))) == .silent)
    }
}

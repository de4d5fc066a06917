import AlmanacModel
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// Drives the machine of an enrolment or a renewal over a connection, which it closes.
struct EnrolmentExchange {
    private let plan: EnrolmentMachine.Plan

    init(_ plan: EnrolmentMachine.Plan) { self.plan = plan }

    /// `check` is asked whether the server is the authority; nothing that is worth something is sent before it returns.
    func run(on connection: Connection, check: (ServerHello, DelegationChain) throws -> Void) async throws -> Enrolled {
        do {
            let answer = try await answer(on: connection, check)
            await connection.close()
            return answer
        } catch {
            await connection.close()
            throw error
        }
    }

    private func answer(
        on connection: Connection, _ check: (ServerHello, DelegationChain) throws -> Void
    ) async throws -> Enrolled {
        var machine = EnrolmentMachine(plan: plan)
        var actions = machine.handle(.connected, now: SystemClock.sinceBoot())
        var events = connection.events.makeAsyncIterator()
        while true {
            while !actions.isEmpty {
                switch actions.removeFirst() {
                case .send(let message, let exchange): connection.send(message, exchange)
                case .checkAuthority(let hello, let chain):
                    try check(hello, chain)
                    actions += machine.handle(.authorityChecked, now: SystemClock.sinceBoot())
                case .accept(let answer): return answer
                case .fail(let failure): throw failure
                case .close: break
                }
            }
            guard let event = await events.next(isolation: #isolation) else { throw SessionFailure.disconnected(.cut) }
            actions = try machine.handle(event.forMachine(), now: SystemClock.sinceBoot())
            if case .inbound = event { connection.consumed() }
        }
    }
}

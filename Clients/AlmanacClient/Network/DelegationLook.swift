import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// Asks a server for the delegations under which it works, as somebody without a certificate: how a device that slept through
/// rotations learns whose certificates to expect. Nothing but a hello is sent.
struct DelegationLook {
    let context: Context
    let interruption: Interruption
    let now: Instant

    /// How long the server may be silent.
    private static let silence = Duration.seconds(30)

    /// Believed: signed by the pinned root, of this dataset, valid, and no older than what is known.
    func run(known: DelegationChain) async throws -> DelegationChain {
        let tls = try TLSContext.client(pinnedRoot: context.settings.pin.bytes, identity: nil)
        let connection = try await Connection.open(context.settings.address, tls: tls, interruption: interruption)
        let hello: ServerHello
        do {
            hello = try await self.hello(on: connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        return try believed(hello, known)
    }

    private func hello(on connection: Connection) async throws -> ServerHello {
        connection.send(.clientHello(try ClientHello(software: Software.name)), .connection)
        let deadline = SystemClock.sinceBoot().advanced(by: Self.silence)
        for await event in connection.events {
            switch event {
            case .inbound(.message(.serverHello(let hello), _)): return hello
            case .inbound(.message(.error(let error), _)): throw SessionFailure.refused(error)
            case .inbound(.message(let message, _)):
                throw SessionFailure.protocolViolation("\(message.type.name) before the hello")
            case .inbound(.unknown): throw SessionFailure.protocolViolation("a message of unknown type before the hello")
            case .inbound(.malformed(let error)): throw SessionFailure.protocolViolation(String(describing: error))
            case .failed(TLSError.truncated): throw SessionFailure.disconnected(.cut)
            case .failed(let error): throw error
            case .closed: throw SessionFailure.disconnected(.closed)
            case .interrupted: throw SessionFailure.interrupted
            case .tick: if SystemClock.sinceBoot() >= deadline { throw SessionFailure.silent }
            }
        }
        throw SessionFailure.disconnected(.cut)
    }

    private func believed(_ hello: ServerHello, _ known: DelegationChain) throws -> DelegationChain {
        guard hello.versions.highestCommon(with: .current) != nil else {
            throw SessionFailure.noCommonVersion(server: hello.versions)
        }
        guard case .enrol(let chain) = hello.access else { throw SessionFailure.accessLimited(hello.access.level) }
        guard hello.dataset == context.settings.dataset else {
            throw ClientError.notTheAuthority("The server has another dataset, \(hello.dataset).")
        }
        try AuthorityCheck(pin: context.settings.pin, now: now).check(hello, chain)
        try Trust.requireNotReplaced(chain, by: known)
        return chain
    }
}

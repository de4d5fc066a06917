import AlmanacModel
import AlmanacTransport
import AlmanacWire
import Synchronization

/// The way from a device to the servers of its authority: only to those whose certificate is of the certificate authority to which
/// the newest delegation that is known here delegates. Where a server shows another, it is asked for newer delegations first, so that
/// rotations are followed, and a stolen key is worth nothing to whoever has it once it was replaced.
final class ServerLink: Sendable {
    private let context: Context
    private let interruption: Interruption
    private let keyLog: KeyLogFile?
    private let keeping: CheckpointJudge.Keeping
    private let clock: @Sendable () -> Instant
    private let state = Mutex<State?>(nil)

    /// One for all connections: the next one goes on with the TLS session of the one before.
    private struct State {
        let chain: DelegationChain
        let credentials: DeviceCredentials
        let tls: TLSContext
    }

    init(
        _ context: Context, interruption: Interruption, keyLog: KeyLogFile? = nil,
        keeping: CheckpointJudge.Keeping = .durably, clock: @escaping @Sendable () -> Instant
    ) {
        self.context = context
        self.interruption = interruption
        self.keyLog = keyLog
        self.keeping = keeping
        self.clock = clock
    }

    func open(traffic: Traffic = Traffic()) async throws -> Connection {
        let chains = StoredChain(paths: context.paths.credentials)
        let known = try chains.newest()
        do {
            return try await open(known, traffic)
        } catch ConnectError.tls(.authorityUnknown) {
            let newer = try await DelegationLook(context: context, interruption: interruption, now: clock()).run(known: known)
            guard newer != known else { throw ConnectError.tls(.authorityUnknown) }
            if case .durably = keeping { try chains.replace(with: newer) }
            return try await open(newer, traffic)
        }
    }

    private func open(_ chain: DelegationChain, _ traffic: Traffic) async throws -> Connection {
        try await Connection.open(context.settings.address, tls: tls(chain), interruption: interruption, traffic: traffic)
    }

    /// A new one where the delegations or the device's certificate are others by now.
    private func tls(_ chain: DelegationChain) throws -> TLSContext {
        let credentials = try DeviceCredentials.load(context.paths.credentials)
        if let state = state.withLock({ $0 }), state.chain == chain,
            state.credentials.certificates == credentials.certificates
        {
            return state.tls
        }
        guard case .certificateAuthority(let authority) = chain.certificateAuthority.statement.subject else {
            throw ClientError.contextDamaged(path: context.paths.credentials.chain, "it names no certificate authority")
        }
        let tls = try TLSContext.client(
            pinnedRoot: context.settings.pin.bytes, authority: authority, identity: credentials.identity,
            keyLog: keyLog.map { file in file.add(_:) })
        state.withLock { $0 = State(chain: chain, credentials: credentials, tls: tls) }
        return tls
    }
}

import Synchronization

/// Counts connections and handshakes, and says which are too many. What was let in has to be let out again.
final class ConnectionGate: Sendable {
    private let limits: Limits
    private let state = Mutex(State())

    private struct State {
        var connections = 0
        var handshakes = 0
        /// As many entries as addresses have connections.
        var byAddress: [PeerAddress: Int] = [:]
        /// As many as addresses have handshakes under way.
        var handshakesByAddress: [PeerAddress: Int] = [:]
    }

    init(_ limits: Limits) { self.limits = limits }

    /// Nil if the connection may come in, with a handshake under way; connections of no address count in all alone.
    func enter(_ address: PeerAddress?) -> ConnectionRefusal? {
        state.withLock { state in
            if state.connections >= limits.connections { return .connections }
            if let address, state.byAddress[address, default: 0] >= limits.connectionsPerAddress { return .address }
            if state.handshakes >= limits.handshakes { return .handshakes }
            if let address, state.handshakesByAddress[address, default: 0] >= limits.handshakesPerAddress {
                return .addressHandshakes
            }
            state.connections += 1
            state.handshakes += 1
            if let address {
                state.byAddress[address, default: 0] += 1
                state.handshakesByAddress[address, default: 0] += 1
            }
            return nil
        }
    }

    /// The handshake of a connection is over, however it ended.
    func handshakeEnded(_ address: PeerAddress?) {
        state.withLock { state in
            state.handshakes -= 1
            Self.countDown(address, in: &state.handshakesByAddress)
        }
    }

    func leave(_ address: PeerAddress?) {
        state.withLock { state in
            state.connections -= 1
            Self.countDown(address, in: &state.byAddress)
        }
    }

    private static func countDown(_ address: PeerAddress?, in counts: inout [PeerAddress: Int]) {
        guard let address, let count = counts[address] else { return }
        counts[address] = count > 1 ? count - 1 : nil
    }

    var handshakes: Int { state.withLock(\.handshakes) }
}

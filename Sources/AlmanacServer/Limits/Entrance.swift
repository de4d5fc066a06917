import AlmanacModel
import Logging
import NIOCore

/// Where connections come in: who is too many, in the books, the log and the metrics.
struct Entrance: Sendable {
    let gate: ConnectionGate
    let metrics: ServerMetrics
    let refusals: RefusalLog

    func admits(_ address: PeerAddress?, at now: Instant) -> Bool {
        metrics.connectionsAccepted.add()
        if let refusal = gate.enter(address) {
            metrics.connectionsRefused.add(refusal.rawValue)
            refusals.note(refusal.sentence, peer: address?.description ?? "unknown", now: now)
            return false
        }
        metrics.connectionsOpen.add(1)
        metrics.handshakesOpen.add(1)
        return true
    }

    func handshakeEnded(_ address: PeerAddress?) {
        gate.handshakeEnded(address)
        metrics.handshakesOpen.add(-1)
    }

    func left(_ address: PeerAddress?) {
        gate.leave(address)
        metrics.connectionsOpen.add(-1)
    }
}

extension ConnectionRefusal {
    fileprivate var sentence: String {
        switch self {
        case .connections: "connections refused: limits.connections are open"
        case .address: "connections refused: limits.address are open from one address"
        case .handshakes: "connections refused: limits.handshakes are under way"
        case .addressHandshakes: "connections refused: an eighth of limits.handshakes are under way from one address"
        }
    }
}

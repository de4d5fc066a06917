import AlmanacModel
import Logging
import NIOCore

/// One connection in the books: what it counts for is given back once, however it ends. On the connection's event loop.
final class Visit {
    private let entrance: Entrance
    private var address: PeerAddress?
    private var state = State.outside
    /// Who it is, for the log, also when the socket does not know any more.
    private(set) var peer = "unknown"

    private enum State { case outside, handshaking, inside, gone }

    init(_ entrance: Entrance) { self.entrance = entrance }

    /// False if the connection has to be closed.
    func enter(_ channel: any Channel) -> Bool {
        guard case .outside = state else { return false }
        let address = PeerAddress(channel.remoteAddress)
        if let shown = channel.remoteAddress?.shown { peer = shown }
        guard entrance.admits(address, at: Instant(channel.eventLoop.now)) else {
            state = .gone
            return false
        }
        self.address = address
        state = .handshaking
        return true
    }

    /// Whether it was under way until now.
    @discardableResult
    func endHandshake() -> Bool {
        guard case .handshaking = state else { return false }
        state = .inside
        entrance.handshakeEnded(address)
        return true
    }

    func leave() {
        endHandshake()
        guard case .inside = state else { return }
        state = .gone
        entrance.left(address)
    }
}

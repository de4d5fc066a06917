/// How long a ``TLSHandler`` waits for its peer.
public struct TLSTimeouts: Equatable, Sendable {
    /// From the start of the handshake to its completion.
    public let handshake: Duration
    /// From closing until everything written is out and the peer's close_notify is in; then the channel closes without them.
    public let close: Duration

    public init(handshake: Duration = .seconds(10), close: Duration = .seconds(5)) {
        self.handshake = handshake
        self.close = close
    }
}

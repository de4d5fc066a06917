import AlmanacTransport

/// What happens on a ``Connection``.
enum ConnectionEvent: Sendable {
    case inbound(MessageHandler.Inbound)
    case failed(any Error)
    case closed
    /// About once a second.
    case tick
    case interrupted
}

/// The two ends of a connection.
public enum Side: Hashable, Sendable, CaseIterable {
    case client
    case server
}

/// What the receiver knows of the sender, which decides how long a frame may be.
public enum ReceiverState: Hashable, Sendable, CaseIterable {
    /// The sender's hello has not come; or the sender is a client without full access.
    case beforeHello
    /// The sender's hello has come and, of a client, its access is full.
    case authenticated
}

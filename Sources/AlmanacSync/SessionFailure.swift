import AlmanacModel
import AlmanacWire

/// Why a client's session with a server failed.
public enum SessionFailure: Error, Equatable, Sendable {
    /// What the server answered.
    case refused(ErrorMessage)
    /// The server broke the specification; the text says how.
    case protocolViolation(String)
    case noCommonVersion(server: ProtocolVersions)
    case wrongDataset(found: UniqueID, expected: UniqueID)
    /// The server's epoch is below one that was verified before.
    case olderEpoch(found: Epoch, known: Epoch)
    /// The server wants something else of this device first.
    case accessLimited(AccessLevel)
    case serverGoingAway(String)
    case disconnected(Ending)
    /// Nothing came for as long as the plan allows.
    case silent
    /// The user has had enough.
    case interrupted

    /// How a connection ended.
    public enum Ending: Equatable, Sendable {
        /// By the server's will, with close_notify.
        case closed
        /// In the middle of something.
        case cut
    }
}

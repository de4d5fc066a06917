import AlmanacSync
import AlmanacWire

/// A server that has proved itself under the pinned root says, in place of its hello, that this device was revoked.
struct ShutOut: Error {
    /// Nil for everything else, such as a server that is busy, or one that does not know the device: an authority that was restored from
    /// an older copy must not cost anybody theirs.
    init?(inPlaceOfHello failure: SessionFailure) {
        guard case .refused(let refusal) = failure, refusal.isOfRevokedDevice else { return nil }
    }
}

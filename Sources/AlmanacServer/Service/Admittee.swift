import AlmanacModel
import AlmanacWire

/// Whom a connection was admitted as.
struct Admittee: Sendable {
    let fingerprint: Hash32
    /// Seconds since 1970 from which on its certificate is valid no more; nil where that gives it nothing.
    let certificateEnd: Int64?

    /// Why it may stay no longer: what somebody who came now would be told. Nil if it may.
    func refusal(_ allowed: Set<Hash32>, now: Instant) -> ErrorMessage? {
        if !allowed.contains(fingerprint) { return .notEnrolled }
        guard let certificateEnd, now.milliseconds / 1_000 >= certificateEnd else { return nil }
        return .certificateEnded
    }
}

import AlmanacModel
import Foundation

/// Where the service gets the time from: the system, or a test's own.
public struct Clock: Sendable {
    public let now: @Sendable () -> Instant

    public init(now: @escaping @Sendable () -> Instant) { self.now = now }

    public static let system = Clock { Instant(clamping: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

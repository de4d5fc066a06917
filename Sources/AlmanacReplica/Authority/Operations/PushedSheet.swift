import AlmanacModel
import AlmanacWire

/// Operations of one device, whose signature has been checked.
public struct PushedSheet: Sendable {
    /// The device's key.
    public let fingerprint: Hash32
    /// In the order in which they were made.
    public let operations: [SentOperation]

    public init(fingerprint: Hash32, operations: [SentOperation]) {
        self.fingerprint = fingerprint
        self.operations = operations
    }
}

/// What has become of a sheet.
public enum PushOutcome: Sendable {
    /// In the order of its operations. Durable, each with its effect.
    case settled([Receipt])
    /// The device is unknown or was revoked: nothing was applied.
    case notEnrolled
    /// The store could not apply it, and applied nothing of it.
    case failed(any Error)
}

/// What the rules say of an operation.
public enum OperationVerdict: Sendable {
    case accepted(OperationEffects)
    case rejected(Receipt.Rejection)
}

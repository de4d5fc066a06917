import AlmanacModel
import AlmanacWire

/// What an enrolment has led to.
public struct EnrolmentSummary: Hashable, Sendable {
    public let context: Context
    /// The invitation had been used here before: nothing was sent.
    public let isRepeated: Bool
    /// Whether the context is the configuration's current one.
    public let isCurrent: Bool
}

import AlmanacModel

/// Why nothing comes of an operation.
public struct OperationRejection: Error, Hashable, Sendable {
    public let reason: Reason
    /// For people.
    public let sentence: String

    public enum Reason: Hashable, Sendable {
        /// The person may not do this, or no longer.
        case notAllowed
        /// What it says breaks a rule of the dataset.
        case invalid
        /// It names a record that is not there, or not for this person.
        case targetUnknown
    }

    public init(_ reason: Reason, _ sentence: String) {
        self.reason = reason
        self.sentence = sentence
    }

    init(_ refusal: Refusal) { self.init(.notAllowed, refusal.description) }

    static let targetUnknown = OperationRejection(
        .targetUnknown, "it changes a record that is not there, or not for you: sync, and look for it")

    static let referenceUnknown = OperationRejection(
        .targetUnknown, "it points at a record that is not there, or not for you: sync, and look for it")
}

extension OperationRejection: CustomStringConvertible {
    public var description: String { sentence }
}

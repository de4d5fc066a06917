/// A change that a user has made, with or without a network: what the outbox holds and the authority applies, at most once and
/// whole or not at all.
public struct Operation: Hashable, Sendable {
    /// Drawn by the device; never used again.
    public let id: UniqueID
    /// When it was made, by the device's clock: for people to read. Order comes from the sequence alone.
    public let time: Instant
    /// What the commit is to say; nil where there is nothing to say beyond what was done.
    public let message: Text?
    /// At least one and at most ``maximumChanges``, carried out in this order.
    public let changes: [Change]

    public static let maximumChanges = 4_096

    /// Nil without changes, and with too many.
    public init?(id: UniqueID, time: Instant, message: Text? = nil, changes: [Change]) {
        guard (1...Self.maximumChanges).contains(changes.count) else { return nil }
        self.id = id
        self.time = time
        self.message = message
        self.changes = changes
    }
}

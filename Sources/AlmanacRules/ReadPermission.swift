import AlmanacModel

/// Which streams somebody may read: the one rule by which every stream is filtered.
///
/// Streams are closed by default. `reference` is open to everybody who is enrolled; others where the dataset opens them to all its
/// readers, or where the person was granted them.
public struct ReadPermission: Hashable, Sendable {
    public let role: Role
    /// What the dataset opens to every reader.
    public let open: [StreamPattern]
    /// What this person was granted beyond.
    public let granted: [StreamPattern]

    public init(role: Role, open: [StreamPattern], granted: [StreamPattern]) {
        self.role = role
        self.open = open
        self.granted = granted
    }

    public func mayRead(_ stream: StreamName) -> Bool {
        switch role {
        case .reader: stream == .reference || (open + granted).contains { $0.matches(stream) }
        }
    }
}

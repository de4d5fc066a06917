import AlmanacModel

/// Somebody who may use the dataset, from one device or several.
public struct Person: Hashable, Sendable {
    public let name: String
    public let role: Role
    /// The streams that this person may read beyond those that are open to every reader.
    public let grants: [StreamPattern]

    public init(name: String, role: Role, grants: [StreamPattern]) {
        self.name = name
        self.role = role
        self.grants = grants
    }
}

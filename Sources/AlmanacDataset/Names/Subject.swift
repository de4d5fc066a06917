/// What a figure or a statement is about.
public struct Subject: Hashable, Sendable {
    /// Such as `cluster/tokyo-yokohama`: kind and key.
    public let key: String
    public let kind: SubjectKind
    public let name: String
}

import AlmanacModel

/// What a program knows of the names that people use in its dataset.
public struct TargetNames {
    /// Collections whose keys stand alone: `cluster/tokyo-yokohama` needs no `subjects/` before it.
    public let collections: [String]
    /// The keys of the first of these collections that somebody may mean by a name. Throws where several fit.
    public let find: (String) throws -> [String]

    public init(collections: [String] = [], find: @escaping (String) throws -> [String] = { _ in [] }) {
        self.collections = collections
        self.find = find
    }

    /// Nothing but collections and keys.
    public static var none: TargetNames { TargetNames() }
}

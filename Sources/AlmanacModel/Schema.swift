/// The collections of a dataset, Almanac's own among them.
public struct Schema: Hashable, Sendable {
    /// By id, ascending.
    public let collections: [Collection]

    /// Nil when two collections share an id or a name, or a reference points to a collection that is not there.
    public init?(_ collections: [Collection]) {
        let sorted = collections.sorted { $0.id < $1.id }
        let ids = Set(sorted.map(\.id))
        let references = sorted.flatMap(\.fields).compactMap(\.type.referencedCollection)
        guard ids.count == sorted.count, Set(sorted.map(\.name)).count == sorted.count, references.allSatisfy(ids.contains) else {
            return nil
        }
        self.collections = sorted
    }

    private init(valid collections: [Collection]) { self.collections = collections }

    /// What every dataset begins with: the collections that describe collections.
    public static let system = Schema(valid: SystemSchema.collections)

    public func collection(_ id: CollectionID) -> Collection? { collections.first { $0.id == id } }

    public func collection(named name: some StringProtocol) -> Collection? { collections.first { $0.name.rawValue == name } }
}

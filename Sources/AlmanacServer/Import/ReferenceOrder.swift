import AlmanacModel

/// Collections in an order in which each comes behind those that it refers to, as far as they do not refer to each other.
struct ReferenceOrder {
    private(set) var sorted: [CollectionID] = []
    private var visited: Set<CollectionID> = []
    private let byID: [CollectionID: Collection]

    init(_ collections: [Collection]) {
        byID = Dictionary(collections.map { ($0.id, $0) }) { first, _ in first }
        for collection in collections { visit(collection.id) }
    }

    private mutating func visit(_ id: CollectionID) {
        guard let collection = byID[id], visited.insert(id).inserted else { return }
        for target in collection.fields.compactMap(\.type.referencedCollection) { visit(target) }
        sorted.append(id)
    }
}

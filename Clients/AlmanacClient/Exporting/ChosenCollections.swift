import AlmanacModel
import AlmanacPackage

/// Finds the collections that somebody named.
struct ChosenCollections {
    /// Those of data packages, by id.
    private let known: [Collection]

    init(_ schema: Schema) { known = schema.collections.filter { $0.id.rawValue >= CollectionID.firstOfPackages } }

    /// Each once, by id; all where none is named. Throws ``ClientError/unknownCollection(_:near:known:)``.
    func named(_ names: [String]) throws -> [Collection] {
        guard !names.isEmpty else { return known }
        let wanted = Set(try names.map { try find($0).id })
        return known.filter { wanted.contains($0.id) }
    }

    private func find(_ name: String) throws -> Collection {
        if let found = known.first(where: { $0.name.rawValue == name }) { return found }
        var near = NearText(to: name)
        for collection in known { near.look(at: collection.name.rawValue) }
        throw ClientError.unknownCollection(name, near: near.found, known: known.map(\.name.rawValue))
    }
}

import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacRules

/// What operations are judged over on the authority: the transaction that will hold their effects.
struct AuthorityGround: OperationGround {
    let context: OperationContext
    let knownDemands: KnownDemands

    var schema: Schema { context.schema }

    func record(_ collection: CollectionID, _ id: RecordID) throws -> PlacedRecord? {
        try context.record(collection, id).map { PlacedRecord($0.record, in: $0.stream) }
    }

    func records(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> [RecordID] {
        try context.records(collection, where: field, is: value)
    }

    func made(_ collection: CollectionID, by operation: UniqueID, index: Int) throws -> RecordID? {
        try context.made(collection, by: operation, index: index)
    }

    func streamsLeft(by id: RecordID, of collection: CollectionID) throws -> [StreamName] {
        try context.streamsLeft(by: id, of: collection)
    }

    func lastChange(of field: FieldID?, in collection: CollectionID, _ id: RecordID) throws -> LastChange? {
        try context.lastChange(of: field, in: collection, id).map { LastChange(sequence: $0.sequence, author: $0.author) }
    }

    func newID(_ collection: CollectionID) throws -> RecordID { try context.newID(collection) }

    func demands(of collection: Collection) throws -> CollectionDemands { try knownDemands.demands(of: collection) }

    func fits(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue]) -> Bool {
        context.fits(collection, id, values)
    }

    func isPerson(_ name: Text) throws -> Bool { try context.isPerson(name.string) }
}

/// The demands of collections, read once: for as long as the schema is known not to change.
final class KnownDemands {
    private var demands: [CollectionID: CollectionDemands] = [:]

    func demands(of collection: Collection) throws -> CollectionDemands {
        if let known = demands[collection.id] { return known }
        let new = CollectionDemands(try CollectionRules(collection))
        demands[collection.id] = new
        return new
    }
}

extension CollectionDemands {
    init(_ rules: CollectionRules) {
        self.init(required: Set(rules.required.map(\.id)), unique: rules.unique, acyclic: rules.acyclic) { field, value in
            rules.violation(of: field, by: value)?.description
        }
    }
}

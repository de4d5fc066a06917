import AlmanacModel
import AlmanacReplica

/// Compares what annotations remember with what is here now.
public struct AnchorReader {
    private let working: any WorkingRecords
    private let subscription: Subscription
    private let values: ValueText

    /// The subscription tells whether a record that is missing would be here.
    public init(_ working: any WorkingRecords, _ subscription: Subscription) {
        self.working = working
        self.subscription = subscription
        values = ValueText(working)
    }

    public init(_ authoring: Authoring) { self.init(authoring.working, authoring.subscription) }

    public func state(of anchor: Anchor) throws -> AnchorState {
        guard let collection = working.schema.collection(anchor.collection) else { return .elsewhere }
        guard let record = try working.record(anchor.target) else { return isHere(collection) ? .gone : .elsewhere }
        return try anchor.field.map { try state(of: anchor, $0, collection, record) } ?? state(of: anchor, record)
    }

    private func state(
        of anchor: Anchor, _ id: FieldID, _ collection: Collection, _ record: WorkingRecord
    ) throws -> AnchorState {
        guard let field = collection.field(id) else { return .elsewhere }
        let now = try values.text(of: field, in: record)
        if anchor.seen == nil, let now, now.utf8.count > SeenRecord.fieldLimit { return bySequence(anchor, record) }
        if Self.areSame(now, anchor.seen) { return .current }
        return .changed([ValueDifference(field: field.name.rawValue, seen: anchor.seen, now: now)])
    }

    private func state(of anchor: Anchor, _ record: WorkingRecord) throws -> AnchorState {
        guard let seen = anchor.seen.flatMap(SeenRecord.values) else {
            return bySequence(anchor, record)
        }
        let now = try values.texts(of: record)
        let names = Set(seen.keys).union(now.keys).sorted()
        let differences = names.filter { !Self.areSame(seen[$0], now[$0]) }.map {
            ValueDifference(field: $0, seen: seen[$0], now: now[$0])
        }
        return differences.isEmpty ? .current : .changed(differences)
    }

    /// Byte by byte.
    private static func areSame(_ first: String?, _ second: String?) -> Bool {
        first.map { Text($0) } == second.map { Text($0) }
    }

    private func bySequence(_ anchor: Anchor, _ record: WorkingRecord) -> AnchorState {
        anchor.seenSequence.map { $0 < record.sequence } ?? false ? .revised : .current
    }

    /// Whether a record of this collection would be here if there were one.
    private func isHere(_ collection: Collection) -> Bool {
        if collection.id.isPlacedByMaker { return true }
        guard collection.partition != nil else { return subscription.includes(collection.stream) }
        return subscription.patterns.contains { $0.covers(.below(collection.stream)) }
    }
}

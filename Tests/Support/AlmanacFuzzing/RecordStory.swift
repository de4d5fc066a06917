import AlmanacModel

/// What happens to the records of one stream, delta by delta, and what they are in the end.
struct RecordStory {
    private(set) var records: [Place: Record] = [:]
    private(set) var head = Sequence.zero
    private var maker: RecordMaker

    init(_ choices: Choices) { maker = RecordMaker(choices: choices) }

    var isOver: Bool { maker.choices.isEmpty }

    /// The next delta; its changes are in their order. Never empty.
    mutating func delta() throws -> [RecordChange] {
        var changes: [Place: RecordChange] = [:]
        let base = head.rawValue
        head = Sequence(base + 16)
        for _ in 0...maker.choices.index(below: 24) {
            let place = try maker.place()
            let sequence = Sequence(base + 1 + UInt64(maker.choices.index(below: 16)))
            guard changes[place] == nil else { continue }
            changes[place] = try change(place, sequence)
        }
        return changes.values.sorted { $0.position < $1.position }
    }

    private mutating func change(_ place: Place, _ sequence: AlmanacModel.Sequence) throws -> RecordChange {
        let kind = maker.choices.index(below: 8)
        if kind == 0 {
            records[place] = nil
            return .tombstone(Tombstone(collection: place.collection, id: place.id, sequence: sequence))
        }
        if kind < 4, let old = records[place] { return .patch(try patch(old, place, sequence)) }
        let record = try Samples.valid(
            Record(collection: place.collection, id: place.id, sequence: sequence, values: maker.fields(of: place)))
        records[place] = record
        return .whole(record)
    }

    /// Some fields get a value and some lose it.
    private mutating func patch(_ old: Record, _ place: Place, _ sequence: AlmanacModel.Sequence) throws -> RecordPatch {
        var values = Dictionary(old.values.map { ($0.field, $0.value) }) { first, _ in first }
        var fields: [PatchedField] = []
        for new in try maker.fields(of: place) where maker.choices.flag() {
            let value = maker.choices.flag() ? new.value : nil
            fields.append(PatchedField(new.field, value))
            values[new.field] = value
        }
        let sorted = values.sorted { $0.key < $1.key }.map { FieldValue($0.key, $0.value) }
        records[place] = Record(collection: place.collection, id: place.id, sequence: sequence, values: sorted)
        return try Samples.valid(
            RecordPatch(collection: place.collection, id: place.id, sequence: sequence, fields: fields))
    }
}

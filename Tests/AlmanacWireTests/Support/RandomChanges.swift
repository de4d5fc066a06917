import AlmanacModel
import Testing

/// A stream's changes after a base: all kinds, in the stream's order.
struct RandomChanges {
    var values: RandomValues
    let base: UInt64
    /// By collection, the type of each field.
    private var types: [UInt64: [(field: FieldID, code: UInt8)]] = [:]

    init(seed: UInt64, base: UInt64) throws {
        values = RandomValues(generator: SeededGenerator(seed: seed))
        self.base = base
        for collection: UInt64 in [1, 17, 65_535] {
            var fields: [(FieldID, UInt8)] = []
            var field: UInt64 = 0
            for _ in 0..<values.generator.number(1...14) {
                field += UInt64(values.generator.number(1...70))
                let code = UInt8(values.generator.number(1...12))
                fields.append((try #require(FieldID(field)), code == 12 ? 255 : code))
            }
            types[collection] = fields
        }
    }

    mutating func changes(_ count: Int) throws -> [RecordChange] {
        var changes: [RecordChange] = []
        var sequence = base + 1
        var used: Set<Int64> = []
        while changes.count < count {
            if values.generator.chance(4) { sequence += UInt64(values.generator.number(1...1_000)) }
            var id = Int64(values.generator.number(1...(count * 4)))
            if values.generator.chance(50) { id = .max - id }
            if used.insert(id).inserted { changes.append(try change(id, Sequence(sequence))) }
        }
        return changes.sorted { $0.position < $1.position }
    }

    private mutating func change(_ id: Int64, _ sequence: AlmanacModel.Sequence) throws -> RecordChange {
        let number = values.generator.pick([1, 17, 65_535] as [UInt64])
        let (collection, id) = (try #require(CollectionID(number)), try #require(RecordID(id)))
        let fields = types[number] ?? []
        switch values.generator.number(0...9) {
        case 0: return .tombstone(Tombstone(collection: collection, id: id, sequence: sequence))
        case 1...4: return try patch(collection, id, sequence, fields)
        default:
            var contents: [FieldValue] = []
            for (field, code) in fields where !values.generator.chance(5) {
                contents.append(FieldValue(field, try values.value(of: odd(code))))
            }
            return .whole(try #require(Record(collection: collection, id: id, sequence: sequence, values: contents)))
        }
    }

    private mutating func patch(
        _ collection: CollectionID, _ id: RecordID, _ sequence: AlmanacModel.Sequence, _ fields: [(field: FieldID, code: UInt8)]
    ) throws -> RecordChange {
        var patched: [PatchedField] = []
        for (field, code) in fields where values.generator.chance(3) {
            patched.append(PatchedField(field, values.generator.chance(4) ? nil : try values.value(of: odd(code))))
        }
        return .patch(try #require(RecordPatch(collection: collection, id: id, sequence: sequence, fields: patched)))
    }

    /// Now and then a value has another type than its field's other values.
    private mutating func odd(_ code: UInt8) -> UInt8 { values.generator.chance(300) ? 2 : code }
}

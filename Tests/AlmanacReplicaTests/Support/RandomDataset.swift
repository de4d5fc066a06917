import AlmanacModel
import Testing

@testable import AlmanacReplica

/// Random commits to an authority: every kind of change, all types of values, records that move between streams, a schema that grows.
struct RandomDataset {
    var values: RandomValues
    private(set) var collections: [RecordCollection] = []
    private var live: [CollectionID: [RecordID]] = [:]
    private var uses: [String: Int] = [:]

    private static let regions = ["asia", "europe", "africa", "Latin America", "asia "]
    private static let maximumFields = 14

    init(seed: UInt64) { values = RandomValues(generator: SeededGenerator(seed: seed)) }

    /// How often each kind of change was made: a kind that never happened was not tested.
    var counts: [String: Int] { uses }

    // MARK: The schema

    /// The schema of the beginning: one collection in `reference` itself, one that a text partitions, one beside.
    mutating func begin(_ session: CommitSession) throws {
        collections = [
            try collection(16, "places", in: "reference", [(1, .text), (2, .decimal), (3, .unknown(code: 99))]),
            try collection(
                17, "grants", in: "investments", partition: 2,
                [
                    (1, .text), (2, .text), (3, .reference(try collectionID(16))), (4, .decimal), (5, .date), (6, .instant),
                    (7, .uuid),
                    (8, .bytes), (9, .textSet), (10, .boolean), (11, .integer), (12, .unknown(code: 200)),
                ]),
            try collection(18, "notes", in: "notes", [(1, .text), (2, .textSet)]),
        ]
        try update(session)
    }

    private func update(_ session: CommitSession) throws { try session.updateSchema(try schema(collections)) }

    private mutating func growSchema(_ session: CommitSession) throws {
        let index = values.generator.number(0...(collections.count - 1))
        let old = collections[index]
        switch values.generator.number(0...3) {
        case 0 where collections.count < 8:
            note("new collection")
            let id = UInt64(16 + collections.count)
            let stream = values.generator.pick(["reference", "notes", "extra", "extra/deep"])
            collections.append(
                try collection(id, "c\(id)", in: stream, [(1, .text), (5, .reference(old.id)), (6, randomType())]))
        case 1 where old.fields.count < Self.maximumFields:
            note("new field")
            let id = try fieldID(UInt64(values.generator.number(13...40)))
            guard old.field(id) == nil else { return }
            let field = Field(id: id, name: try identifier("f\(id)"), type: randomType())
            collections[index] = try with(old, fields: old.fields + [field])
        default:
            note("edited field")
            let edited = values.generator.number(0...(old.fields.count - 1))
            var fields = old.fields
            let field = fields[edited]
            fields[edited] = Field(
                id: field.id, name: field.name, type: field.type, title: "title \(values.generator.number(0...9_999))")
            collections[index] = try with(old, fields: fields)
        }
        try update(session)
    }

    private func with(_ old: RecordCollection, fields: [Field]) throws -> RecordCollection {
        let new = RecordCollection(
            id: old.id, name: old.name, stream: old.stream, partition: old.partition, key: old.key, title: old.title,
            fields: fields)
        return try #require(new)
    }

    private mutating func randomType() -> FieldType {
        let target = values.generator.pick(collections).id
        return values.generator.pick([.decimal, .text, .date, .textSet, .boolean, .unknown(code: 77), .reference(target), .uuid])
    }

    // MARK: Commits

    mutating func commit(to authority: TestAuthority, changes: ClosedRange<Int> = 1...6) throws {
        let saved = live
        let commit = try authority.commit { session in
            if values.generator.chance(12) { try growSchema(session) }
            for _ in 0..<values.generator.number(changes) { try change(session) }
        }
        if commit == nil { live = saved }
    }

    private mutating func note(_ use: String) { uses[use, default: 0] += 1 }

    private mutating func change(_ session: CommitSession) throws {
        let collection = values.generator.pick(collections)
        let ids = live[collection.id] ?? []
        // The first record is hot.
        let chosen = values.generator.chance(3) ? ids.first : ids.isEmpty ? nil : values.generator.pick(ids)
        switch (values.generator.number(0...11), chosen) {
        case (0...3, _), (_, nil): try create(collection, session)
        case (4, let id?), (5, let id?): try delete(collection, id, session)
        case (6, let id?) where collection.partition != nil: try move(collection, id, session)
        case (_, let id?): try edit(collection, id, session)
        }
    }

    private mutating func create(_ collection: RecordCollection, _ session: CommitSession) throws {
        note("created")
        let id = try session.newID(collection.id)
        var contents: [FieldValue] = []
        for field in collection.fields where field.id == collection.partition || !values.generator.chance(4) {
            contents.append(FieldValue(field.id, try value(of: field, in: collection)))
        }
        // Now and then a field that the schema does not know, or not yet.
        if values.generator.chance(8), let stranger = FieldID(UInt64(values.generator.number(13...40))),
            collection.field(stranger) == nil
        {
            note("value without field")
            contents.append(FieldValue(stranger, try values.value(of: values.generator.pick([2, 3, 4, 99]))))
        }
        try session.put(collection.id, id, contents.sorted { $0.field < $1.field })
        live[collection.id, default: []].append(id)
    }

    private mutating func edit(_ collection: RecordCollection, _ id: RecordID, _ session: CommitSession) throws {
        note("edited")
        guard let old = try session.record(collection.id, id) else { return }
        var contents = old.values
        for _ in 0..<values.generator.number(1...2) {
            let field = values.generator.pick(collection.fields)
            guard field.id != collection.partition else { continue }
            contents.removeAll { $0.field == field.id }
            if values.generator.chance(4) {
                note("set to null")
            } else {
                contents.append(FieldValue(field.id, try value(of: field, in: collection)))
            }
        }
        try session.put(collection.id, id, contents.sorted { $0.field < $1.field })
    }

    private mutating func move(_ collection: RecordCollection, _ id: RecordID, _ session: CommitSession) throws {
        note("moved")
        guard let partition = collection.partition, let old = try session.record(collection.id, id) else { return }
        var contents = old.values.filter { $0.field != partition }
        contents.append(FieldValue(partition, .text(Text(values.generator.pick(Self.regions)))))
        try session.put(collection.id, id, contents.sorted { $0.field < $1.field })
    }

    private mutating func delete(_ collection: RecordCollection, _ id: RecordID, _ session: CommitSession) throws {
        note("deleted")
        try session.delete(collection.id, id)
        live[collection.id]?.removeAll { $0 == id }
        if values.generator.chance(3) { try create(collection, session) }
    }

    private mutating func value(of field: Field, in collection: RecordCollection) throws -> Value {
        if field.id == collection.partition { return .text(Text(values.generator.pick(Self.regions))) }
        guard let target = field.type.referencedCollection else { return try values.value(of: field.type.code) }
        let targets = live[target] ?? []
        return .reference(targets.isEmpty ? try recordID(1) : values.generator.pick(targets))
    }
}

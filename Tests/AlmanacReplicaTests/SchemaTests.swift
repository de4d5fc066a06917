import AlmanacModel
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica

@Suite struct SchemaTests {
    private func withWorld(windowEntries: Int = 1, _ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            try body(SmallWorld(directory, limits: DeltaReader.Limits(windowEntries: windowEntries)))
        }
    }

    private func schema(_ world: SmallWorld, _ change: (inout [RecordCollection]) throws -> Void) throws -> Schema {
        var collections = try world.authority.database.schema().collections.filter {
            $0.id.rawValue >= CollectionID.firstOfPackages
        }
        try change(&collections)
        return try #require(Schema(Schema.system.collections + collections))
    }

    private func fresh(_ world: SmallWorld) throws -> String {
        let fresh = TestReplica(path: "\(world.directory)/fresh.db", keys: world.keys)
        try fresh.sync(from: world.authority)
        return fresh.path
    }

    /// The records of the schema move to the end of the order when they are edited: a first copy then meets a collection without its
    /// key, a reference to a collection that comes later, and records before the fields that explain them.
    @Test func recordsMayComeBeforeTheSchemaThatExplainsThem() throws {
        try withWorld { world in
            let old = try world.authority.database.schema()
            for (id, title) in [(17, "Grants"), (16, "Places")] as [(UInt64, String)] {
                let updated = try schema(world) { collections in
                    collections = collections.map { $0.id.rawValue == UInt32(id) ? titled($0, title) : $0 }
                }
                try world.authority.commit { try $0.updateSchema(updated) }
            }
            #expect(try world.authority.database.schema() != old)
            let queue = try DatabaseQueue(path: fresh(world))
            let rows = try queue.read { try String.fetchAll($0, sql: "SELECT f1 || f3 FROM grants ORDER BY id") }
            #expect(rows == ["grant0tokyo", "grant1seoul", "grant2munich"])
            let rest = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM almanac_c17 WHERE _rest IS NOT NULL") }
            #expect(rest == 0)
        }
    }

    private func titled(_ old: RecordCollection, _ title: String) -> RecordCollection {
        let fields = old.fields.map { Field(id: $0.id, name: $0.name, type: $0.type, title: title) }
        return RecordCollection(
            id: old.id, name: old.name, stream: old.stream, partition: old.partition, key: old.key, title: title, fields: fields)
            ?? old
    }

    @Test func anotherKeyMovesIndexAndViews() throws {
        try withWorld { world in
            try world.replica.sync(from: world.authority)
            let updated = try schema(world) { collections in
                let old = collections[0]
                collections[0] =
                    RecordCollection(id: old.id, name: old.name, stream: old.stream, key: FieldID(2), fields: old.fields) ?? old
            }
            try world.authority.commit { session in
                try session.updateSchema(updated)
                let price = FieldValue(try fieldID(2), .decimal(try #require(ExactDecimal("2.5"))))
                try session.put(world.places, recordID(1), [world.text(1, "tokyo"), price])
            }
            try world.replica.sync(from: world.authority)
            let queue = try DatabaseQueue(path: world.replica.path)
            #expect(try queue.read { try Double.fetchOne($0, sql: "SELECT f3 FROM grants WHERE id = 1") } == 2.5)
            #expect(try Dump.content(world.replica.path) == Dump.content(fresh(world)))
            #expect(try ReplicaDatabase.open(path: world.replica.path).scrub(now: TestKeys.now).findings == [])
            #expect(try world.authority.database.check().findings == [])
        }
    }

    @Test func aKeyOfUnknownTypeHasNoIndex() throws {
        try withWorld { world in
            let odd = try collection(18, "odd", in: "odd", [(1, .unknown(code: 99)), (2, .reference(world.places))])
            let more = try collection(19, "more", in: "odd", [(1, .text), (2, .reference(collectionID(18)))])
            let updated = try schema(world) { $0 += [odd, more] }
            let value = try #require(UnknownValue(typeCode: 99, bytes: [1, 2, 3]))
            try world.authority.commit { session in
                try session.updateSchema(updated)
                try session.put(odd.id, session.newID(odd.id), [FieldValue(fieldID(1), .unknown(value)), world.reference(2, 1)])
                try session.put(more.id, session.newID(more.id), [world.text(1, "x"), world.reference(2, 1)])
            }
            let queue = try DatabaseQueue(path: fresh(world))
            #expect(
                try queue.read { try String.fetchAll($0, sql: "SELECT f2 FROM odd UNION ALL SELECT f2 FROM more") } == [
                    "tokyo", "1",
                ])
        }
    }

    /// SQLite joins at most 64 tables.
    @Test func manyReferencesAreShownByTheirKeys() throws {
        try withWorld(windowEntries: 1_000) { world in
            let fields = try (2...80).map { (UInt64($0), FieldType.reference(try collectionID(16))) }
            let wide = try collection(18, "wide", in: "wide", [(1, .text)] + fields)
            let updated = try schema(world) { $0.append(wide) }
            try world.authority.commit { session in
                try session.updateSchema(updated)
                try session.put(
                    wide.id, session.newID(wide.id),
                    [world.text(1, "x")] + fields.map { try world.reference($0.0, Int64($0.0 % 3 + 1)) })
            }
            let row = try DatabaseQueue(path: fresh(world)).read {
                try Row.fetchOne($0, sql: "SELECT f2, f40, f79, f80 FROM wide")
            }
            #expect(row.map { Array($0.databaseValues) } == ["munich", "seoul", "seoul", "munich"].map { $0.databaseValue })
        }
    }

    @Test func keywordsOfSQLAreNames() throws {
        try withWorld { world in
            let names = ["select", "order", "group", "from", "index", "null", "table", "values", "view", "join"]
            let fields = try names.enumerated().map {
                Field(id: try fieldID(UInt64($0 + 1)), name: try identifier($1), type: .text)
            }
            let odd = RecordCollection(
                id: try collectionID(18), name: try identifier("where"), stream: .reference, key: FieldID(1), fields: fields)
            let updated = try schema(world) { $0.append(try #require(odd)) }
            try world.authority.commit { session in
                try session.updateSchema(updated)
                let id = try session.newID(collectionID(18))
                try session.put(collectionID(18), id, fields.map { FieldValue($0.id, .text(Text($0.name.rawValue))) })
            }
            let row = try DatabaseQueue(path: fresh(world)).read { try Row.fetchOne($0, sql: #"SELECT * FROM "where""#) }
            for name in names { #expect(row?[name] == name) }
        }
    }

    @Test func theSchemaOnlyGrows() throws {
        try withWorld { world in
            let retyped = try schema(world) {
                $0[0] = try collection(16, "places", in: "reference", [(1, .text), (2, .integer)])
            }
            let moved = try schema(world) { $0[0] = try collection(16, "places", in: "elsewhere", [(1, .text), (2, .decimal)]) }
            let unpartitioned = try schema(world) {
                $0[1] = try collection(
                    17, "grants", in: "investments", [(1, .text), (2, .text), (3, .reference(world.places)), (4, .integer)])
            }
            let renamed = try schema(world) { $0 = [try collection(18, "grants", in: "reference", [(1, .text)])] }
            let before = try world.authority.database.head()
            for wrong in [retyped, moved, unpartitioned, renamed] {
                #expect { try world.authority.commit { try $0.updateSchema(wrong) } } throws: { isRefusal($0) }
            }
            #expect { try world.authority.commit { try $0.delete(SystemSchema.field, recordID(1)) } } throws: { isRefusal($0) }
            #expect(try world.authority.database.head() == before)
            // The same again is no commit.
            let same = try schema(world) { _ in }
            #expect(try world.authority.commit { try $0.updateSchema(same) } == nil)
        }
    }

    private func isRefusal(_ error: any Error) -> Bool {
        if case ReplicaError.refused = error { true } else { false }
    }

    @Test func aSchemaThatIsNoneDoesNotFit() throws {
        try withWorld { world in
            try world.replica.sync(from: world.authority)
            let before = try Dump.exact(world.replica.path)
            try world.putGrant(1, world.grant("x", "asia"))
            var pull = world.replica.pull()
            while try !pull.step(at: world.authority) {}
            let field = try #require(
                Record(
                    collection: SystemSchema.field, id: recordID(1), sequence: world.head(), values: [world.text(3, "no number")])
            )
            let window = try world.window("reference", base: Sequence(3), head: world.head(), [.whole(field)])
            let replica = try ReplicaDatabase.open(path: world.replica.path)
            #expect {
                try replica.apply(
                    [.success(window)] + pull.windows.map { .success($0) }, until: pull.verified(), now: TestKeys.now)
            } throws: {
                if case ReplicaError.deltaDoesNotFit(let what) = $0 { what.contains("schema") } else { false }
            }
            #expect(try Dump.exact(world.replica.path) == before)
        }
    }
}

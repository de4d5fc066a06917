import AlmanacClient
import AlmanacModel
import AlmanacReplica
import TestSupport
import Testing

/// What a person sees before a sync is what the authority makes of the same operations when nobody else writes.
@Suite struct OverlayTests {
    @Test(arguments: [31, 32, 33, 34] as [UInt64])
    func whatIsShownIsWhatComesOfIt(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        try commits.fill(authority, count: 40)
        try authority.makeTeam("apac", members: ["lea"])
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port, role: .curator))
        try await laptop.sync()
        let untouched = try laptop.contents()
        let before = try Self.shown(laptop)

        var author = RandomAuthor(seed: seed)
        for _ in 0..<40 { try author.write(on: laptop) }
        let shown = try Self.shown(laptop)
        #expect(shown != before)
        #expect(try laptop.contents() == untouched, "the replica itself never changes")
        try laptop.verify()

        let summary = try await laptop.sync()
        #expect(summary.pushed.rejected.map(\.state) == [])
        #expect(summary.pushed.applied.count == 40)
        #expect(try Self.shown(laptop) == shown)
        #expect(try WorkingCopy.read(laptop.context) { try $0.pending().isEmpty })
        try laptop.verify()
        try await authority.stop()
    }

    /// What waits is carried out as it is asked for: in whatever order that is, it is as if all of it had been carried out before.
    @Test(arguments: [41, 42, 43] as [UInt64])
    func askingForSomeShowsTheSameAsAskingForAll(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        try commits.fill(authority, count: 20)
        try authority.makeTeam("apac", members: ["lea"])
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port, role: .curator))
        try await laptop.sync()
        try await authority.stop()

        var author = RandomAuthor(seed: seed)
        var generator = SeededGenerator(seed: seed)
        let collections = [
            SystemSchema.package, TeamSchema.collection, AnnotationSchema.collection, ConflictSchema.collection,
            TestAuthority.clusters, TestAuthority.investments,
        ]
        for _ in 0..<30 {
            if Int.random(in: 0..<4, using: &generator) == 0 {
                try author.writeSeveral(on: laptop)
            } else {
                try author.write(on: laptop)
            }
            let all = try WorkingCopy.read(laptop.context) { copy in
                _ = try copy.overlay()
                return try collections.map(copy.records)
            }
            let order = collections.indices.shuffled(using: &generator)
            try WorkingCopy.read(laptop.context) { copy in
                for index in order {
                    if let some = all[index].randomElement(using: &generator) {
                        let found = try copy.record(some.name)
                        #expect(found == some)
                    }
                    let found = try copy.records(of: collections[index])
                    #expect(found == all[index])
                }
            }
        }
    }

    /// Everything but what only the authority can know: ids and sequences.
    private static func shown(_ laptop: Laptop) throws -> [[[RawQuery.Cell]]] {
        try [
            "SELECT key, name, rank, stream FROM clusters ORDER BY key",
            "SELECT key, region, cluster, amount, note, stream FROM investments ORDER BY key",
            """
            SELECT a.uuid, a.kind, a.author, a.created, a.text, a.tags, a.mentions, a.state, a.stream, p.uuid,
                (SELECT key FROM clusters AS c WHERE c.id = a.target_record)
            FROM almanac_annotations AS a LEFT JOIN almanac_annotations AS p ON p.id = a.parent ORDER BY a.uuid
            """,
        ].map(laptop.ask)
    }
}

/// Writes what a curator might.
private struct RandomAuthor {
    private var generator: SeededGenerator
    private var clusters: [RecordName] = []
    private var notes: [RecordName] = []
    private var count = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed &* 7) }

    mutating func write(on laptop: Laptop) throws {
        count += 1
        let id = try #require(UniqueID(random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }))
        try WorkingCopy.read(laptop.context) { copy in
            let change = try change(copy, id)
            try laptop.write([change], id: id)
        }
    }

    /// One operation on the dataset, a team and an annotation: with or without a right to it.
    mutating func writeSeveral(on laptop: Laptop) throws {
        count += 1
        let id = try #require(UniqueID(random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }))
        try WorkingCopy.read(laptop.context) { copy in
            let (cluster, team) = (try any(TestAuthority.clusters, copy), try any(TeamSchema.collection, copy))
            let joining = FieldEdit(TeamSchema.members, .elements(added: TextSet([Text("person\(count)")]), removed: TextSet([])))
            let changes = [
                .edit(cluster.name, [try edit(3, cluster, .integer(Int64(count)))]), .edit(team.name, [joining]), try note(copy),
            ].shuffled(using: &generator)
            try laptop.write(Array(changes.prefix(Int.random(in: 1...3, using: &generator))), id: id)
        }
    }

    private mutating func change(_ copy: WorkingCopy, _ id: UniqueID) throws -> Change {
        switch Int.random(in: 0..<9, using: &generator) {
        case 0:
            return .make(
                TestAuthority.clusters, in: nil, values: [try field(1, .text(Text("new-\(count)"))), try field(3, .integer(7))])
        case 1: return try investment(copy)
        case 2, 3:
            let record = try any(TestAuthority.clusters, copy)
            return .edit(record.name, [try edit(3, record, .integer(Int64(count)))])
        case 4:
            let record = try any(TestAuthority.investments, copy)
            return .edit(record.name, [try edit(2, record, .text("Oceania")), try edit(6, record, nil)])
        case 5:
            let record = try any(TestAuthority.investments, copy)
            return .delete(record.name, seen: record.values)
        case 6, 7: return try note(copy)
        default: return try noteChange(copy)
        }
    }

    private mutating func investment(_ copy: WorkingCopy) throws -> Change {
        let reference: ProposedValue? =
            switch try any(TestAuthority.clusters, copy).name {
            case .id(_, let id): .value(.reference(id))
            case .made(_, let operation, let index): .made(by: operation, index: index)
            }
        return .make(
            TestAuthority.investments, in: nil,
            values: [
                try field(1, .text(Text("deal-\(count)"))), try field(2, .text("Asia")),
                ProposedField(try #require(FieldID(3)), reference), try field(6, .text("a deal")),
            ])
    }

    private mutating func note(_ copy: WorkingCopy) throws -> Change {
        let target: ProposedValue? =
            switch try any(TestAuthority.clusters, copy).name {
            case .id(_, let id): .value(.integer(id.rawValue))
            case .made(_, let operation, let index): .made(by: operation, index: index)
            }
        let tags = TextSet(["deal", Text("tag\(count)")])
        return .make(
            AnnotationSchema.collection, in: .team(try #require(TeamName("apac"))),
            values: [
                ProposedField(AnnotationSchema.kind, .text("note")),
                ProposedField(AnnotationSchema.text, .text(Text("note \(count)\nfor @ben"))),
                ProposedField(AnnotationSchema.tags, .textSet(tags)), ProposedField(AnnotationSchema.state, .text("open")),
                ProposedField(AnnotationSchema.targetCollection, .integer(Int64(TestAuthority.clusters.rawValue))),
                ProposedField(AnnotationSchema.targetRecord, target),
            ])
    }

    private mutating func noteChange(_ copy: WorkingCopy) throws -> Change {
        guard let record = try copy.records(of: AnnotationSchema.collection).randomElement(using: &generator) else {
            return try note(copy)
        }
        let text = record.proposed(AnnotationSchema.text)
        return .edit(
            record.name,
            [
                FieldEdit(AnnotationSchema.text, .value(base: text, new: .value(.text(Text("changed \(count)"))))),
                FieldEdit(AnnotationSchema.tags, .elements(added: TextSet(["late"]), removed: TextSet(["deal"]))),
            ])
    }

    private mutating func any(_ collection: CollectionID, _ copy: WorkingCopy) throws -> WorkingRecord {
        try #require(copy.records(of: collection).randomElement(using: &generator))
    }

    private func field(_ number: UInt64, _ value: Value) throws -> ProposedField {
        ProposedField(try #require(FieldID(number)), value)
    }

    private func edit(_ number: UInt64, _ record: WorkingRecord, _ new: Value?) throws -> FieldEdit {
        let field = try #require(FieldID(number))
        return FieldEdit(field, .value(base: record.proposed(field), new: new.map { .value($0) }))
    }
}

import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// Records in memory: clusters with keys, ranks that refer to them, teams and annotations.
final class MemoryRecords: WorkingRecords {
    let schema: Schema
    private(set) var all: [WorkingRecord] = []

    static let clusters = number(16)
    static let ranks = number(17)
    static let notes = number(18)

    private static func number(_ number: UInt64) -> CollectionID { CollectionID(number) ?? SystemSchema.package }

    init() throws {
        func field(_ number: UInt64, _ name: String, _ type: FieldType, _ properties: String = "") throws -> Field {
            Field(id: try #require(FieldID(number)), name: try #require(Identifier(name)), type: type, properties: properties)
        }
        let rankings = try #require(StreamName("rankings"))
        let clusters = Collection(
            id: Self.clusters, name: try #require(Identifier("clusters")), stream: .reference, key: FieldID(1),
            fields: [try field(1, "key", .text), try field(2, "name", .text)])
        let ranks = Collection(
            id: Self.ranks, name: try #require(Identifier("ranks")), stream: rankings, key: FieldID(1),
            fields: [
                try field(1, "key", .text), try field(2, "cluster", .reference(Self.clusters)),
                try field(3, "share", .decimal, #"{"constraints":{"minimum":0,"maximum":100}}"#),
            ])
        let notes = Collection(
            id: Self.notes, name: try #require(Identifier("notes")), stream: rankings, key: nil,
            fields: [try field(1, "text", .text)])
        schema = try #require(Schema(Schema.system.collections + [clusters, ranks, notes].compactMap(\.self)))
    }

    func record(_ name: RecordName) -> WorkingRecord? { all.first { $0.name == name } }

    func records(of collection: CollectionID) -> [WorkingRecord] { all.filter { $0.name.collection == collection } }

    func record(_ collection: CollectionID, key: Text) -> WorkingRecord? {
        guard let field = schema.collection(collection)?.key else { return nil }
        return records(of: collection).first { $0[field] == .text(key) }
    }

    // MARK: Filling

    /// Replaces what has this name.
    func put(_ name: RecordName, in stream: StreamName? = nil, at sequence: UInt64 = 1, _ values: [UInt64: Value]) throws {
        let fields = try values.map { ProposedField(try #require(FieldID($0.key)), $0.value) }.sorted { $0.field < $1.field }
        remove(name)
        all.append(
            WorkingRecord(
                name: name, stream: stream ?? schema.collection(name.collection)?.stream ?? .reference,
                sequence: Sequence(sequence), values: fields, isPending: false))
    }

    func replace(_ record: WorkingRecord) {
        remove(record.name)
        all.append(record)
    }

    func remove(_ name: RecordName) { all.removeAll { $0.name == name } }

    /// What an operation makes, as the authority completes it where `values` say so.
    func make(_ proposal: Proposal, _ values: [UInt64: Value] = [:]) throws {
        for (index, change) in proposal.draft.operation.changes.enumerated() {
            guard case .make(let collection, let stream, let proposed) = change else { continue }
            let added = try values.map { ProposedField(try #require(FieldID($0.key)), $0.value) }
            all.append(
                WorkingRecord(
                    name: .made(collection, by: proposal.id, index: index), stream: stream ?? .reference, sequence: .zero,
                    values: (proposed + added).sorted { $0.field < $1.field }, isPending: true))
        }
    }

    static func id(_ collection: CollectionID, _ id: Int64) throws -> RecordName { .id(collection, try #require(RecordID(id))) }

    /// Two clusters, a rank, a note without key, and teams: lea in both, tom in apac alone.
    static func sample() throws -> MemoryRecords {
        let records = try MemoryRecords()
        try records.put(id(clusters, 1), at: 3, [1: .text("cluster/tokyo"), 2: .text("Tokyo")])
        try records.put(id(clusters, 2), at: 3, [1: .text("cluster/seoul"), 2: .text("Seoul")])
        try records.put(
            id(ranks, 7), at: 5,
            [1: .text("2025/tokyo"), 2: .reference(try #require(RecordID(1))), 3: .decimal(try #require(ExactDecimal("10.3")))])
        try records.put(id(notes, 9), at: 5, [1: .text("a long story")])
        try records.team(1, "apac", owners: ["lea"], members: ["tom", "ann"])
        try records.team(2, "emea", owners: ["ann"], members: ["lea"])
        return records
    }

    func team(_ id: Int64, _ name: String, owners: [String], members: [String]) throws {
        let team = try #require(TeamName(name))
        try put(
            Self.id(TeamSchema.collection, id), in: .roster(team),
            [
                1: .text(Text(name)), 3: .textSet(TextSet(owners.map { Text($0) })),
                4: .textSet(TextSet((owners + members).map { Text($0) })),
            ])
    }

    func authoring(_ person: String = "lea", _ role: Role = .annotator, open: Bool = true) throws -> Authoring {
        if open {
            try put(Self.id(SystemSchema.package, 1), [5: .textSet(TextSet([Text("*")]))])
        }
        let teams = ["team/apac", "team/emea", "roster/apac", "roster/emea", "rankings", "reference"]
        return try Authoring(self, person: person, role: role, tip: nil, held: teams.map { try #require(StreamName($0)) })
    }
}

import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Testing

@testable import AlmanacServer

/// A dataset with people and teams, and what they write. Its operations go straight to the store.
final class Office {
    static let clusters = TestResource(
        name: "clusters",
        fields: [
            TestResource.key, TestResource.field("name", "string", "\"required\": true"),
            TestResource.field("rank", "integer", "\"minimum\": 1"), TestResource.field("region"),
            TestResource.field("code", "string", "\"unique\": true"),
        ],
        csv: "key,name,rank,region,code\n" + (1...20).map { "city-\($0),City \($0),\($0),asia,c\($0)\n" }.joined(),
        stream: "rankings")
    static let tours = TestResource(
        name: "tours", fields: [TestResource.key, TestResource.field("cluster")], csv: "key,cluster\ntour-1,city-1\n",
        stream: "reference", references: [("cluster", "clusters")])

    let dataset: TestDataset
    private(set) var devices: [String: TestDevice] = [:]
    private var count: UInt64 = 0

    /// Ada administers, Cleo curates, Lea and Bo annotate in `apac`, Mia in `emea`; Rob reads.
    init() throws {
        dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([Self.clusters, Self.tours], open: ["rankings"])
        try enrol("ada", .administrator)
        try enrol("cleo", .curator)
        for person in ["lea", "bo", "mia"] { try enrol(person, .annotator) }
        try enrol("rob", .reader)
        try found("apac", owners: ["lea"], members: ["lea", "bo", "cleo"])
        try found("emea", owners: ["mia"], members: ["mia", "cleo"])
    }

    /// - Parameter name: what tests call the device, where a person has several.
    func enrol(_ person: String, _ role: Role, device: String = "laptop", as name: String? = nil) throws {
        devices[name ?? person] = try TestDevice(device, enrolledAs: person, as: role, in: dataset)
    }

    func device(_ person: String) throws -> TestDevice { try #require(devices[person]) }

    // MARK: Operations

    /// Ids that are alike in every run.
    func newID() throws -> UniqueID {
        count += 1
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + [UInt8](repeating: 7, count: 8)
        return try #require(UniqueID(random: bytes))
    }

    func operation(_ changes: Change..., message: String? = nil) throws -> Operation {
        let time = TestDataset.founded.advanced(by: .seconds(Int64(count)))
        return try #require(Operation(id: newID(), time: time, message: message.map { Text($0) }, changes: changes))
    }

    func sheet(_ person: String, _ operations: [Operation]) throws -> PushedSheet {
        PushedSheet(fingerprint: try device(person).fingerprint(), operations: operations.map { SentOperation($0) })
    }

    func apply(_ sheets: [PushedSheet]) -> [PushOutcome] {
        dataset.store.apply(sheets, at: TestDataset.founded) { [judge = OperationJudge()] in try judge.verdict(on: $0, in: $1) }
    }

    @discardableResult
    func push(_ person: String, _ operations: Operation...) throws -> [Receipt] { try push(person, operations) }

    @discardableResult
    func push(_ person: String, _ operations: [Operation]) throws -> [Receipt] {
        switch try #require(apply([sheet(person, operations)]).first) {
        case .settled(let receipts): return receipts
        case .notEnrolled: throw Unexpected("not enrolled")
        case .failed(let error): throw error
        }
    }

    // MARK: Making

    func found(_ team: String, owners: [String], members: [String]) throws {
        let stream = StreamName.roster(try #require(TeamName(team)))
        let operation = try operation(
            .make(
                TeamSchema.collection, in: stream,
                values: [
                    ProposedField(TeamSchema.name, .text(team)), ProposedField(TeamSchema.owners, Self.set(owners)),
                    ProposedField(TeamSchema.members, Self.set(members)),
                ]))
        try push("ada", operation).first.expectApplied()
    }

    static func set(_ elements: [String]) -> Value { .textSet(TextSet(elements.map { Text($0) })) }

    static func team(_ name: String) throws -> StreamName { .team(try #require(TeamName(name))) }

    /// A note on a cluster.
    func note(_ text: String, in team: String = "apac", on cluster: String? = "city-1", tags: [String] = []) throws -> Change {
        var values = [
            ProposedField(AnnotationSchema.kind, .text("note")), ProposedField(AnnotationSchema.text, .text(text)),
        ]
        if !tags.isEmpty { values.append(ProposedField(AnnotationSchema.tags, Self.set(tags))) }
        if let cluster {
            values += [
                ProposedField(AnnotationSchema.targetCollection, .integer(Int64(try clusters.id.rawValue))),
                ProposedField(AnnotationSchema.targetRecord, .integer(try cluster.isEmpty ? 0 : id(cluster).rawValue)),
            ]
        }
        return .make(AnnotationSchema.collection, in: try Self.team(team), values: values)
    }

    func made(_ operation: Operation, _ index: Int = 0) -> RecordName {
        .made(AnnotationSchema.collection, by: operation.id, index: index)
    }

    func write(_ name: RecordName, _ text: String, over base: String) -> Change {
        .edit(name, [FieldEdit(AnnotationSchema.text, .value(base: .value(.text(base)), new: .value(.text(text))))])
    }

    // MARK: Clusters

    var clusters: Collection {
        get throws {
            let schema = try dataset.store.schema()
            return try #require(schema.collection(named: "clusters"))
        }
    }

    func field(_ name: String) throws -> FieldID {
        let field = try clusters.field(named: name)
        return try #require(field?.id)
    }

    func id(_ cluster: String) throws -> RecordID {
        let id = try dataset.id(of: cluster, in: "clusters")
        return try #require(id)
    }

    func cluster(_ key: String) throws -> RecordName { .id(try clusters.id, try id(key)) }

    func edit(_ cluster: String, _ name: String, _ base: Value?, _ new: Value?) throws -> Change {
        .edit(
            try self.cluster(cluster),
            [FieldEdit(try field(name), .value(base: base.map(ProposedValue.value), new: new.map(ProposedValue.value)))])
    }

    // MARK: Looking

    /// The records of a collection with their streams, by id.
    func all(_ collection: CollectionID) throws -> [(record: Record, stream: StreamName)] {
        var found: [(record: Record, stream: StreamName)] = []
        try dataset.store.commit(author: "test", message: "", time: TestDataset.founded) { session in
            try session.forEachRecord(of: collection) { record in
                if let stream = try session.placed(collection, record.id) { found.append((record, stream)) }
            }
        }
        return found
    }

    func annotations() throws -> [(record: Record, stream: StreamName)] { try all(AnnotationSchema.collection) }

    func conflicts() throws -> [(record: Record, stream: StreamName)] { try all(ConflictSchema.collection) }
}

extension Optional where Wrapped == Receipt {
    @discardableResult
    func expectApplied(sourceLocation: SourceLocation = #_sourceLocation) throws -> Receipt.Applied {
        guard case .applied(let applied)? = self?.outcome else {
            throw Unexpected("\(String(describing: self?.outcome)) instead of applied")
        }
        return applied
    }

    func expectRejected(_ reason: RejectionReason, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .rejected(let rejection)? = self?.outcome else {
            Issue.record("\(String(describing: self?.outcome)) instead of \(reason)", sourceLocation: sourceLocation)
            return
        }
        #expect(rejection.reason == reason, "\(rejection.sentence)", sourceLocation: sourceLocation)
        #expect(!rejection.sentence.string.isEmpty, sourceLocation: sourceLocation)
    }
}

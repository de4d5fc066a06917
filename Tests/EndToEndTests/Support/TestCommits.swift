import AlmanacModel
import AlmanacReplica
import AlmanacServer
import Testing

/// Random commits on a test authority: creates, edits, moves between streams, deletions.
struct TestCommits {
    private static let regions = ["Asia", "Europe", "North America", "Latin America"]
    private var generator: SeededGenerator
    private var investments: [RecordID] = []
    private var clusters: [RecordID] = []
    private var counter = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// So many investments in one commit.
    mutating func fill(_ authority: TestAuthority, count: Int) throws {
        try commit(authority) { commits, session in
            for _ in 0..<10 { try commits.createCluster(session) }
            for _ in 0..<count { try commits.createInvestment(session) }
        }
    }

    /// A handful of changes of every kind.
    mutating func change(_ authority: TestAuthority, count: Int = 20) throws {
        try commit(authority) { commits, session in
            for _ in 0..<count { try commits.changeSomething(session) }
        }
    }

    /// One field of one record.
    mutating func changeOneField(_ authority: TestAuthority) throws {
        try commit(authority) { commits, session in
            let id = try #require(commits.investments.randomElement(using: &commits.generator))
            try commits.edit(id, session) { $0[6] = .text("changed alone") }
        }
    }

    /// The keys of all investments.
    var keys: [String] { investments.map { "investment-\($0)" } }

    /// One investment to another region, and so to another stream.
    mutating func move(_ authority: TestAuthority, _ key: String, to region: String) throws {
        try commit(authority) { commits, session in
            let id = try #require(commits.investments.first { "investment-\($0)" == key })
            try commits.edit(id, session) { $0[2] = .text(Text(region)) }
        }
    }

    private mutating func commit(
        _ authority: TestAuthority, _ body: (inout TestCommits, CommitSession) throws -> Void
    ) throws {
        let database = try authority.open()
        defer { try? database.close() }
        var commits = self
        try database.commit(author: "test", message: "change", time: Clock.system.now()) { session in try body(&commits, session)
        }
        self = commits
    }

    private mutating func changeSomething(_ session: CommitSession) throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: try createInvestment(session)
        case 1: try createCluster(session)
        case 2, 3:
            guard let index = investments.indices.randomElement(using: &generator) else { return }
            try session.delete(TestAuthority.investments, investments.remove(at: index))
        case 4, 5:
            let region = randomRegion()
            try editRandom(session) { $0[2] = .text(Text(region)) }
        case 6: try editRandom(session) { $0[6] = nil }
        default:
            let amount = ExactDecimal(significand: Int64.random(in: 1...9_999_999, using: &generator), exponent: -2)
            try editRandom(session) { $0[4] = amount.map(Value.decimal) }
        }
    }

    private mutating func editRandom(_ session: CommitSession, _ change: (inout [UInt64: Value]) -> Void) throws {
        guard let id = investments.randomElement(using: &generator) else { return }
        try edit(id, session, change)
    }

    private func edit(_ id: RecordID, _ session: CommitSession, _ change: (inout [UInt64: Value]) -> Void) throws {
        guard let record = try session.record(TestAuthority.investments, id) else { return }
        var values = Dictionary(uniqueKeysWithValues: record.values.map { (UInt64($0.field.rawValue), $0.value) })
        change(&values)
        try put(TestAuthority.investments, id, values, session)
    }

    private mutating func createCluster(_ session: CommitSession) throws {
        let id = try session.newID(TestAuthority.clusters)
        clusters.append(id)
        try put(
            TestAuthority.clusters, id,
            [1: .text(Text("cluster-\(id)")), 2: .text(Text("Cluster \(id), Ümlaut")), 3: .integer(id.rawValue)], session)
    }

    private mutating func createInvestment(_ session: CommitSession) throws {
        let id = try session.newID(TestAuthority.investments)
        investments.append(id)
        var values: [UInt64: Value] = [
            1: .text(Text("investment-\(id)")), 2: .text(Text(randomRegion())), 6: .text(Text(noise())),
        ]
        values[3] = clusters.randomElement(using: &generator).map(Value.reference)
        values[4] = ExactDecimal(significand: Int64.random(in: 1...9_999_999, using: &generator), exponent: -2).map(Value.decimal)
        values[5] = CalendarDate(dayNumber: Int64.random(in: 10_000...20_000, using: &generator)).map(Value.date)
        try put(TestAuthority.investments, id, values, session)
    }

    private mutating func randomRegion() -> String { Self.regions.randomElement(using: &generator) ?? "Asia" }

    /// Does not compress, so that a pull takes several windows.
    private mutating func noise() -> String {
        Hex.encode((0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    private func put(_ collection: CollectionID, _ id: RecordID, _ values: [UInt64: Value], _ session: CommitSession) throws {
        let fields = try values.sorted { $0.key < $1.key }.map { FieldValue(try #require(FieldID($0.key)), $0.value) }
        try session.put(collection, id, fields)
    }
}

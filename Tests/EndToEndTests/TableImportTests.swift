import AlmanacClient
import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import Foundation
import Testing

/// A curator changes the dataset from a CSV file.
@Suite struct TableImportTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 1)
        try commits.fill(authority, count: 20)
    }

    private func curator() async throws -> Laptop {
        let laptop = try await Laptop(folder, "max", link: authority.invite("max", port: authority.serve(), role: .curator))
        try await laptop.sync()
        return laptop
    }

    private func file(_ content: String) throws -> String {
        let path = folder.path + "/table.csv"
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func plan(_ laptop: Laptop, _ content: String, into name: String = "clusters", id: UniqueID) throws -> ImportPlan {
        let path = try file(content)
        return try laptop.context.authoring { try TableImport(path, into: $0.collection(named: name), $0, id: id).plan() }
    }

    private func save(_ laptop: Laptop, _ content: String, into name: String) throws {
        let (id, now) = (try UniqueID.fresh(), SystemClock.now())
        let plan = try plan(laptop, content, into: name, id: id)
        let proposal = try laptop.context.authoring { authoring in
            try Curation(authoring, id: id, now: now).carryOut(
                plan, into: authoring.collection(named: name), message: "a table", source: "GII 2025")
        }
        _ = try laptop.context.save(proposal, now: now)
    }

    @Test func rowsBecomeOneCommit() async throws {
        let max = try await curator()
        #expect(try max.ask("SELECT rank FROM clusters WHERE key = 'cluster-2'") == [[.integer(2)]])
        let table = "key,rank\ncluster-1,77\ncluster-2,2\nnew-one,5\n"
        let plan = try plan(max, table, id: .fresh())
        #expect(plan.report.isEmpty)
        #expect((plan.made, plan.edited, plan.unchanged) == (1, 1, 1))
        #expect(plan.rows.first?.differences.map(\.text) == ["1 became 77"])

        let before = try authority.head()
        try save(max, table, into: "clusters")
        let summary = try await max.sync()
        #expect(summary.pushed.rejected.isEmpty)
        #expect(try authority.head() == before + 1)
        #expect(
            try max.ask("SELECT key, rank, name IS NULL FROM clusters WHERE key IN ('cluster-1', 'new-one') ORDER BY key") == [
                [.text("cluster-1"), .integer(77), .integer(0)], [.text("new-one"), .integer(5), .integer(1)],
            ])
        #expect(throws: WritingError.self, "the same file again changes nothing") { try save(max, table, into: "clusters") }
        try await authority.stop()
    }

    @Test func everyProblemIsNamedByRowAndField() async throws {
        let max = try await curator()
        let table =
            "key,region,cluster,amount\ninvestment-1,Asia,nowhere,1.5\ninvestment-2,Asia,cluster-1,much\n,Asia,cluster-1,2\n"
        let plan = try plan(max, table, into: "investments", id: .fresh())
        #expect(plan.report.total == 3)
        #expect(Set(plan.report.problems.map { "\($0.row ?? 0) \($0.column ?? "")" }) == ["1 cluster", "2 amount", "3 key"])
        #expect(throws: CuratingError.self) { try save(max, table, into: "investments") }
        #expect(try max.context.outboxCounts().isEmpty)
        try await authority.stop()
    }

    @Test func whatIsTooMuchForOneCommitIsSaidBeforehand() async throws {
        let max = try await curator()
        let rows = (0..<5_000).map { "many-\($0),\($0)" }
        #expect {
            try save(max, "key,rank\n" + rows.joined(separator: "\n") + "\n", into: "clusters")
        } throws: { error in
            guard case CuratingError.tooMuch(let changes, _, let fit)? = error as? CuratingError else { return false }
            return changes == 5_000 && (1_000...4_096).contains(fit)
        }
        #expect(try max.context.outboxCounts().isEmpty)
        try await authority.stop()
    }
}

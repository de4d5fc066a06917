import AlmanacModel
import GRDB
import Testing

@testable import AlmanacReplica

@Suite struct AnswerViewTests {
    private static let amounts = AnswerView(
        "amounts", requires: ["grants"], select: "SELECT f1 AS name, f4 AS amount FROM grants")
    private static let total = AnswerView(
        "total", requires: ["answer_amounts"], select: "SELECT sum(amount) AS total FROM answer_amounts")
    private static let stranger = AnswerView("stranger", requires: ["nowhere"], select: "SELECT * FROM nowhere")
    private static let views = [amounts, total, stranger]

    private func withReplica(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            try body(world)
        }
    }

    private func install(_ views: [AnswerView], _ path: String) throws {
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        try replica.install(views)
    }

    private func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.write { try $0.execute(sql: sql) }
    }

    private func answer(_ sql: String, _ path: String, views: [AnswerView] = []) throws -> [[RawQuery.Cell]] {
        var rows: [[RawQuery.Cell]] = []
        try RawQuery(path: path, views: views).run(sql, timeout: .seconds(20), columns: { _ in }) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    private func names(_ path: String) throws -> [[RawQuery.Cell]] {
        try answer("SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'answer%' ORDER BY name", path)
    }

    @Test func thoseThatFitAreMade() throws {
        try withReplica { world in
            try install(Self.views, world.replica.path)
            #expect(try names(world.replica.path) == [[.text("answer_amounts")], [.text("answer_total")]])
            #expect(try answer("SELECT total FROM answer_total", world.replica.path) == [[.integer(3)]])
        }
    }

    @Test func installingTwiceWritesNothing() throws {
        try withReplica { world in
            try install(Self.views, world.replica.path)
            let version = try answer("PRAGMA data_version", world.replica.path)
            let before = try Files.read(world.replica.path)
            try install(Self.views, world.replica.path)
            #expect(try Files.read(world.replica.path) == before)
            #expect(try answer("PRAGMA data_version", world.replica.path) == version)
        }
    }

    @Test func oldAndForgedOnesAreReplaced() throws {
        try withReplica { world in
            let path = world.replica.path
            try install(Self.views, path)
            try change(path, "DROP VIEW answer_total; CREATE VIEW answer_total AS SELECT 99 AS total")
            try change(path, "CREATE VIEW answer_forged AS SELECT 1")
            try install(Self.views, path)
            #expect(try names(path) == [[.text("answer_amounts")], [.text("answer_total")]])
            #expect(try answer("SELECT total FROM answer_total", path) == [[.integer(3)]])
        }
    }

    /// What the program says counts, not what stands in the file.
    @Test func threat23_aForgedViewDoesNotReachTheProgramsAnswers() throws {
        try withReplica { world in
            let path = world.replica.path
            try change(path, "CREATE VIEW answer_total AS SELECT 99 AS total")
            #expect(try answer("SELECT total FROM answer_total", path, views: Self.views) == [[.integer(3)]])
            #expect(try answer("SELECT total FROM main.answer_total", path, views: Self.views) == [[.integer(99)]])
        }
    }

    /// A reader trusts no schema of a file, and SQLite no function of JSON then; also not behind another view.
    @Test func viewsWithFunctionsOfJSONAnswerFromAFileThatHasThem() throws {
        let list = AnswerView("list", requires: ["grants"], select: "SELECT json_group_array(f4) AS list FROM grants")
        let behind = AnswerView("behind", requires: ["answer_list"], select: "SELECT list FROM answer_list")
        let views = Self.views + [list, behind]
        try withReplica { world in
            try install(views, world.replica.path)
            #expect(try answer("SELECT list FROM answer_behind", world.replica.path, views: views).count == 1)
            #expect(try answer("SELECT total FROM answer_total", world.replica.path, views: views) == [[.integer(3)]])
        }
    }

    @Test func theyAreNoDamageAndSurviveASync() throws {
        try withReplica { world in
            try install(Self.views, world.replica.path)
            try world.putGrant(1, world.grant("renamed", "asia", amount: 7))
            try world.replica.sync(from: world.authority)
            let replica = try ReplicaDatabase.open(path: world.replica.path)
            defer { try? replica.close() }
            #expect(try replica.scrub(now: TestKeys.now).findings == [])
            #expect(try answer("SELECT total FROM answer_total", world.replica.path) == [[.integer(10)]])
        }
    }

    @Test func aCollectionOfThatNameGoesBefore() {
        #expect(AnswerView.fitting(Self.views, beside: ["grants", "answer_amounts"]) == [Self.total])
        #expect(AnswerView.fitting(Self.views, beside: ["grants", "answer_total"]) == [Self.amounts])
        #expect(AnswerView.fitting(Self.views, beside: []) == [])
    }

    @Test func bindingsAreValuesAndNeverSQL() throws {
        try withReplica { world in
            let query = try RawQuery(path: world.replica.path)
            let values: [RawQuery.Cell] = [.null, .integer(-3), .real(1.5), .text("a'; DROP TABLE x --\u{0}é"), .blob([0, 255])]
            var found: [RawQuery.Cell] = []
            try query.run("SELECT ?1, ?2, ?3, ?4, ?5", values, timeout: .seconds(20), columns: { _ in }) { row in
                found = row
                return true
            }
            #expect(found == values)
            #expect(throws: RawQuery.Failure.self) {
                try query.run("SELECT ?1", [.null, .null], timeout: .seconds(20), columns: { _ in }) { _ in true }
            }
        }
    }

    @Test func viewsShowKeysAndIDsOfReferences() throws {
        try withReplica { world in
            let rows = try answer("SELECT f3, f3_id FROM grants WHERE f1 = 'grant1'", world.replica.path)
            #expect(rows == [[.text("seoul"), .integer(2)]])
        }
    }
}

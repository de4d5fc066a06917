import AlmanacModel
import AlmanacReplica
import Foundation
import Testing

@Suite struct RawQueryTests {
    private func withReplica(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            try body(world)
        }
    }

    private func rows(_ query: RawQuery, _ sql: String, timeout: Duration = .seconds(20)) throws -> [[RawQuery.Cell]] {
        var rows: [[RawQuery.Cell]] = []
        try query.run(sql, timeout: timeout, columns: { _ in }) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    @Test func itAnswersFromTheViews() throws {
        try withReplica { world in
            let query = try RawQuery(path: world.replica.path)
            var names: [String] = []
            var found: [[RawQuery.Cell]] = []
            try query.run("SELECT f1, f3 AS place, f4, NULL, 1.5, x'01' FROM grants ORDER BY id -- all", timeout: .seconds(20)) {
                names = $0
            } row: {
                found.append($0)
                return found.count < 2
            }
            #expect(names == ["f1", "place", "f4", "NULL", "1.5", "x'01'"])
            #expect(found.count == 2)
            #expect(found.first == [.text("grant0"), .text("tokyo"), .integer(0), .null, .real(1.5), .blob([1])])
            for sql in [
                "SELECT count(*) FROM grants;", "SELECT count(*) FROM grants; -- done", "SELECT count(*) FROM grants ;; /* */ ",
                "WITH n AS (SELECT * FROM grants) SELECT count(*) FROM n",
            ] {
                #expect(try rows(query, sql) == [[.integer(3)]])
            }
            #expect(try rows(query, "PRAGMA table_info(grants)").count == 8)
            #expect(try rows(query, "SELECT value FROM json_each('[1,2]')") == [[.integer(1)], [.integer(2)]])
        }
    }

    @Test func threat22_nothingIsWrittenAndNothingReached() throws {
        try withReplica { world in
            let before = try Files.read(world.replica.path)
            let query = try RawQuery(path: world.replica.path)
            let attacks = [
                "DELETE FROM almanac_c17", "UPDATE almanac_c17 SET f1 = 'x'", "INSERT INTO almanac_c17 (id) VALUES (9)",
                "DROP TABLE almanac_c17",
                "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "CREATE TEMP VIEW v AS SELECT 1",
                "CREATE VIRTUAL TABLE v USING fts5(x)",
                "ATTACH '\(world.directory)/evil.db' AS evil", "ATTACH ':memory:' AS m", "DETACH main", "VACUUM",
                "VACUUM INTO '\(world.directory)/evil.db'",
                "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = ON", "PRAGMA user_version = 9",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA trusted_schema = ON", "PRAGMA temp_store_directory = '/tmp'", "REINDEX", "ANALYZE", "BEGIN", "COMMIT",
                "SAVEPOINT s", "ROLLBACK",
                "SELECT load_extension('x')", "SELECT writefile('\(world.directory)/evil', 'x')",
                "SELECT readfile('/etc/passwd')",
                "SELECT fts3_tokenizer('simple')", "SELECT * FROM pragma_journal_mode",
                "WITH x AS (SELECT 1) DELETE FROM almanac_c17",
                "INSERT INTO almanac_c17 (id) VALUES (9) RETURNING id", "EXPLAIN DELETE FROM almanac_c17",
                "ALTER TABLE almanac_c17 ADD COLUMN x",
            ]
            for sql in attacks { #expect(throws: RawQuery.Failure.self, "\(sql)") { try rows(query, sql) } }
            for sql in [
                "SELECT 1; DELETE FROM almanac_c17", "SELECT 1; SELECT 2", "SELECT 1\u{0}; SELECT 2", "", "  -- nothing", "SELEC",
            ] {
                #expect(throws: RawQuery.Failure.self, "\(sql)") { try rows(query, sql) }
            }
            #expect(try Files.read(world.replica.path) == before)
            #expect(!Files.exists("\(world.directory)/evil.db") && !Files.exists("\(world.directory)/evil"))
            #expect(try rows(query, "SELECT count(*) FROM almanac_c17") == [[.integer(3)]])
        }
    }

    @Test func threat22_timeAndMemoryEnd() throws {
        try withReplica { world in
            let query = try RawQuery(path: world.replica.path)
            let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            #expect(throws: RawQuery.Failure.tookTooLong(.milliseconds(50))) {
                try rows(query, endless, timeout: .milliseconds(50))
            }
            #expect(throws: RawQuery.Failure.self) { try rows(query, "SELECT length(zeroblob(200000000))") }
            #expect(throws: RawQuery.Failure.self) { try rows(query, "SELECT '\(String(repeating: "x", count: 1_000_001))'") }
            // The next one has its own time.
            #expect(try rows(query, "SELECT 1") == [[.integer(1)]])
        }
    }

    @Test func whatCannotBeOpenedIsNamed() throws {
        try withTemporaryDirectory { directory in
            for path in ["\(directory)/missing.db", directory] {
                #expect { try RawQuery(path: path) } throws: { isCannotOpen($0, path) }
                #expect(!Files.exists("\(directory)/missing.db"))
            }
            let path = "\(directory)/text.db"
            try Files.write(Array(repeating: 0x41, count: 5_000), to: path)
            #expect { try RawQuery(path: path) } throws: { isCannotOpen($0, path) }
        }
    }

    private func isCannotOpen(_ error: any Error, _ path: String) -> Bool {
        if case RawQuery.Failure.cannotOpen(let message) = error { message.hasPrefix(path) } else { false }
    }

    @Test func everyCharacterOfAPathIsMeantAsItIs() throws {
        try withReplica { world in
            for name in ["a b", "a?mode=rwc", "a#b", "a%20b", "file:x", "ä", "a&b=c"] {
                let path = "\(world.directory)/\(name).db"
                try Files.copy(world.replica.path, to: path)
                #expect(try rows(RawQuery(path: path), "SELECT count(*) FROM grants") == [[.integer(3)]])
            }
        }
    }

    /// A directory that cannot be written is one in which SQLite cannot make the index of the log. Rights do not stop every user, so
    /// here a link of that name does, which SQLite does not follow.
    @Test func aReplicaWhoseDirectoryCannotBeWrittenIsRead() throws {
        try withReplica { world in
            let path = world.replica.path
            try FileManager.default.createSymbolicLink(atPath: path + "-shm", withDestinationPath: "nowhere")
            #expect(try rows(RawQuery(path: path), "SELECT count(*) FROM grants") == [[.integer(3)]])
            try Files.write([], to: path + "-wal")
            #expect(try rows(RawQuery(path: path), "SELECT count(*) FROM grants") == [[.integer(3)]])
            // With a log the file alone is not the state.
            try Files.write([1], to: path + "-wal")
            #expect { try RawQuery(path: path) } throws: { isCannotOpen($0, path) }
        }
    }
}

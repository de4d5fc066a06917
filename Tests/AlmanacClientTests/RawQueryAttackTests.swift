import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import Foundation
import GRDB
import Testing

@testable import AlmanacClient

/// A user's own SQL cannot change the replica, nor anything else.
struct RawQueryAttackTests {
    private let directory: TemporaryDirectory
    private var path: String { "\(directory.path)/replica.sqlite" }

    init() throws {
        directory = try TemporaryDirectory()
        let queue = try DatabaseQueue(path: "\(directory.path)/replica.sqlite")
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE records (id INTEGER PRIMARY KEY, name TEXT);
                    INSERT INTO records VALUES (1, 'one'), (2, 'two');
                    CREATE INDEX by_name ON records (name);
                    CREATE VIEW names AS SELECT name FROM records;
                    CREATE TABLE almanac_replica (epoch INTEGER, sequence INTEGER);
                    INSERT INTO almanac_replica VALUES (5, 9);
                    CREATE TABLE almanac_stream (
                        id INTEGER PRIMARY KEY, name TEXT, digest BLOB, count INTEGER, last_change INTEGER, proof BLOB, horizon INTEGER
                    );
                    CREATE TABLE almanac_c5 (id INTEGER PRIMARY KEY, _stream INTEGER, _seq INTEGER, _rest BLOB);
                    CREATE TRIGGER t INSTEAD OF DELETE ON names BEGIN DELETE FROM records; END
                    """)
        }
        try queue.close()
    }

    /// Of every file in the directory, so that one that appears is noticed too.
    private func fingerprint() throws -> [String: String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        return try names.reduce(into: [:]) { found, name in
            let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/\(name)")))
            found[name] = try SHA256.hash(bytes).description
        }
    }

    @discardableResult
    private func run(_ sql: String, timeout: Duration = .seconds(5)) throws -> [[RawQuery.Cell]] {
        var rows: [[RawQuery.Cell]] = []
        try RawQuery(path: path).run(sql, timeout: timeout) { _ in
        } row: { row in
            rows.append(row)
            return rows.count < 1_000
        }
        return rows
    }

    /// The same with rows on top that are not in the file.
    @discardableResult
    private func runOverlaid(_ sql: String, timeout: Duration = .seconds(5)) throws -> [[RawQuery.Cell]] {
        var overlay = ReplicaOverlay(on: Cursor(epoch: Epoch(5), sequence: AlmanacModel.Sequence(9)))
        let stream = try #require(StreamName("team/apac"))
        overlay.add(
            .init(id: -1, stream: stream, sequence: .zero, values: [TeamSchema.name: .text("'); DROP TABLE records; --")]),
            to: TeamSchema.collection)
        var rows: [[RawQuery.Cell]] = []
        try RawQuery(path: path, overlay: (overlay, .system)).run(sql, timeout: timeout) { _ in
        } row: { row in
            rows.append(row)
            return rows.count < 1_000
        }
        return rows
    }

    @Test func whatLiesOnTopIsReadLikeTheRest() throws {
        let before = try fingerprint()
        #expect(
            try runOverlaid("SELECT id, name, stream FROM almanac_teams") == [
                [.integer(-1), .text("'); DROP TABLE records; --"), .text("team/apac")]
            ])
        #expect(try runOverlaid("SELECT count(*) FROM records") == [[.integer(2)]])
        #expect(throws: RawQuery.Failure.self) { try run("SELECT * FROM almanac_teams") }
        #expect(try fingerprint() == before)
    }

    @Test(arguments: [
        "DELETE FROM temp.almanac_overlay_c4", "INSERT INTO temp.almanac_hidden_c4 VALUES (1)", "DROP VIEW temp.almanac_c4",
        "DROP VIEW almanac_teams", "UPDATE temp.sqlite_master SET sql = ''", "UPDATE almanac_overlay_c4 SET f1 = 'x'", "ROLLBACK",
        "COMMIT",
        "CREATE TEMP VIEW records AS SELECT 1",
    ])
    func threats22WhatLiesOnTopIsNotChanged(_ sql: String) throws {
        #expect(throws: RawQuery.Failure.self) { try runOverlaid(sql) }
    }

    @Test func readingWorks() throws {
        #expect(try run("SELECT name FROM names ORDER BY name") == [[.text("one")], [.text("two")]])
        #expect(try run("SELECT NULL, 1, 1.5, x'00'") == [[.null, .integer(1), .real(1.5), .blob([0])]])
        #expect(
            try run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT max(i) FROM n") == [
                [.integer(3)]
            ])
        #expect(try run("SELECT 1; -- the end").count == 1)
    }

    @Test(arguments: [
        "DELETE FROM records", "DELETE FROM names", "INSERT INTO records VALUES (3, 'x')", "UPDATE records SET name = 'x'",
        "REPLACE INTO records VALUES (1, 'x')", "DROP TABLE records", "DROP VIEW names", "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "CREATE TEMP TRIGGER x AFTER INSERT ON records BEGIN SELECT 1; END", "CREATE INDEX x ON records (name)",
        "ALTER TABLE records ADD COLUMN x", "REINDEX", "ANALYZE", "VACUUM", "VACUUM INTO 'DIR/copy'", "BEGIN", "BEGIN EXCLUSIVE",
        "COMMIT",
        "SAVEPOINT x", "ATTACH 'DIR/other' AS other", "ATTACH ':memory:' AS m", "DETACH main", "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = ON", "PRAGMA user_version = 9", "PRAGMA trusted_schema = ON", "PRAGMA query_only = OFF",
        "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA main.locking_mode = EXCLUSIVE", "PRAGMA temp_store_directory = 'DIR'",
        "SELECT load_extension('DIR/x.so')", "SELECT LOAD_EXTENSION('x')", "SELECT writefile('DIR/x', 'y')",
        "SELECT readfile('/etc/passwd')",
        "SELECT edit('x')", "SELECT fts3_tokenizer('simple', x'41414141')",
        "INSERT INTO records SELECT * FROM records RETURNING id",
        "DELETE FROM records RETURNING *", "WITH x AS (SELECT 1) DELETE FROM records", "EXPLAIN DELETE FROM records",
        "CREATE VIRTUAL TABLE x USING fts5(a)", "UPDATE sqlite_schema SET sql = ''", "DELETE FROM sqlite_schema",
        "SELECT 1; DELETE FROM records",
        "SELECT 1; SELECT 2", "", ";", "-- nothing", "SELECT * FROM missing", "SELECT 'unclosed", "\u{0}",
        "SELECT 1 /* \u{0} */; DELETE FROM records",
        "SELECT zeroblob(1000000000)",
        "SELECT group_concat(hex(randomblob(1000000))) FROM records, records, records, records, records, records",
        "SELECT replace(hex(zeroblob(10000000)), '0', hex(zeroblob(100000)))",
    ])
    func threats22AttacksFailAndChangeNothing(_ sql: String) throws {
        let before = try fingerprint()
        #expect(throws: RawQuery.Failure.self) { try run(sql.replacing("DIR", with: directory.path)) }
        #expect(throws: RawQuery.Failure.self) { try runOverlaid(sql.replacing("DIR", with: directory.path)) }
        #expect(try fingerprint() == before)
        #expect(try run("SELECT count(*) FROM records") == [[.integer(2)]])
    }

    @Test func threats22AnEndlessQueryIsStopped() throws {
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        #expect(throws: RawQuery.Failure.tookTooLong(.milliseconds(50))) { try run(endless, timeout: .milliseconds(50)) }
    }

    @Test func aMissingFileIsSaidAndNotMade() throws {
        let missing = "\(directory.path)/none"
        #expect(throws: RawQuery.Failure.self) { try RawQuery(path: missing) }
        #expect(!FileManager.default.fileExists(atPath: missing))
    }
}

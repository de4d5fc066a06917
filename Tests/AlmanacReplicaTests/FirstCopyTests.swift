import AlmanacModel
import AlmanacWire
import Foundation
import GRDB
import Testing

@testable import AlmanacReplica

@Suite struct FirstCopyTests {
    private func withPull(_ body: (SmallWorld, TestPull) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            var pull = world.replica.pull()
            while try !pull.step(at: world.authority) {}
            try body(world, pull)
        }
    }

    private func build(_ pull: TestPull, at path: String) throws {
        _ = try FirstCopy(path: path).build(pull.windows.map { .success($0) }, until: pull.verified(), now: TestKeys.now)
    }

    private func files(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("copy") }.sorted()
    }

    @Test func theFileIsWholeAndInWALMode() throws {
        try withPull { world, pull in
            let path = "\(world.directory)/copy.db"
            try build(pull, at: path)
            #expect(try files(world.directory) == ["copy.db"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let queue = try DatabaseQueue(path: path)
            try queue.read { database in
                #expect(try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal")
                #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
                let indexes = try String.fetchAll(
                    database, sql: "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
                #expect(
                    indexes.contains("almanac_c16_f1") && indexes.contains("almanac_c17_f1") && indexes.contains("almanac_c17_f3")
                )
                let rows = try String.fetchAll(
                    database, sql: "SELECT f1 || ' in ' || f3 || ' of ' || stream FROM grants ORDER BY id")
                #expect(
                    rows == [
                        "grant0 in tokyo of investments/asia", "grant1 in seoul of investments/asia",
                        "grant2 in munich of investments/europe",
                    ])
            }
            #expect(try ReplicaDatabase.open(path: path).schema() == world.authority.database.schema())
        }
    }

    @Test func whatACrashLeftBehindIsOverwritten() throws {
        try withPull { world, pull in
            let path = "\(world.directory)/copy.db"
            for suffix in [".new", ".new-wal", ".new-shm", ".new-journal", "-wal", "-shm", "-journal"] {
                #expect(FileManager.default.createFile(atPath: path + suffix, contents: Data(repeating: 7, count: 5_000)))
            }
            try build(pull, at: path)
            #expect(try files(world.directory) == ["copy.db"])
            #expect(try ReplicaDatabase.open(path: path).scrub(now: TestKeys.now).findings == [])
        }
    }

    @Test func aReplicaWithALogIsReplaced() throws {
        try withPull { world, pull in
            let path = world.replica.path
            try world.replica.sync(from: world.authority)
            try world.putGrant(1, world.grant("later", "asia"))
            try world.replica.sync(from: world.authority)
            // A reader keeps the old file and its log.
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let reader = try DatabaseQueue(path: path, configuration: configuration)
            try reader.inDatabase { try $0.execute(sql: "BEGIN; SELECT * FROM grants") }
            try build(pull, at: path)
            defer { try? reader.inDatabase { try $0.execute(sql: "COMMIT") } }
            let names = "SELECT f1 FROM grants WHERE id = 1"
            #expect(try reader.inDatabase { try String.fetchOne($0, sql: names) } == "later")
            #expect(try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: names) } == "grant0")
            #expect(try ReplicaDatabase.open(path: path).scrub(now: TestKeys.now).findings == [])
        }
    }

    @Test func onAnErrorTheReplicaThatWasThereIsUntouched() throws {
        try withPull { world, pull in
            try world.replica.sync(from: world.authority)
            let before = try Dump.exact(world.replica.path)
            for missing in pull.windows.indices {
                var windows = pull.windows
                windows.remove(at: missing)
                #expect(throws: (any Error).self) {
                    try FirstCopy(path: world.replica.path).build(
                        windows.map { .success($0) }, until: pull.verified(), now: TestKeys.now)
                }
                #expect(try Dump.exact(world.replica.path) == before)
                #expect(!FileManager.default.fileExists(atPath: world.replica.path + ".new"))
            }
        }
    }

    @Test func aDamagedFileIsReplaced() throws {
        try withPull { world, pull in
            try Data(repeating: 0x41, count: 10_000).write(to: URL(fileURLWithPath: world.replica.path))
            try build(pull, at: world.replica.path)
            #expect(try ReplicaDatabase.open(path: world.replica.path).scrub(now: TestKeys.now).findings == [])
        }
    }

    @Test func noReplicaIsMadeOfNothing() throws {
        try withPull { world, pull in
            #expect(throws: (any Error).self) {
                try FirstCopy(path: world.replica.path).build([], until: pull.verified(), now: TestKeys.now)
            }
            #expect(!FileManager.default.fileExists(atPath: world.replica.path))
        }
    }
}

import AlmanacModel
import GRDB
import Testing

@testable import AlmanacReplica

@Suite struct ScrubTests {
    private func scrub(_ path: String) throws -> Scrub.Report {
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        return try replica.scrub(now: Instant(clamping: 5))
    }

    private func withReplica(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            try body(world)
        }
    }

    @Test func aRightReplicaIsNotedAsScrubbed() throws {
        try withReplica { world in
            let report = try scrub(world.replica.path)
            #expect(report.findings == [])
            // Three places, three grants; two collections, six fields, one package.
            #expect(report.recordCount == 15)
            #expect(try ReplicaDatabase.open(path: world.replica.path).state().scrubbed == Instant(clamping: 5))
        }
    }

    @Test func threat23_everyEditIsFound() throws {
        let edits = [
            "UPDATE almanac_c17 SET f1 = 'x' WHERE id = 1", "UPDATE almanac_c17 SET f4 = f4 + 1 WHERE id = 2",
            "UPDATE almanac_c17 SET f4 = NULL WHERE id = 2", "UPDATE almanac_c17 SET f3 = 2 WHERE id = 1",
            "UPDATE almanac_c16 SET f2 = 1.5 WHERE id = 3", "UPDATE almanac_c17 SET _seq = _seq + 1 WHERE id = 3",
            "UPDATE almanac_c17 SET id = 50 WHERE id = 3", "DELETE FROM almanac_c17 WHERE id = 2",
            "DELETE FROM almanac_c1 WHERE id = 17",
            "INSERT INTO almanac_c17 SELECT id + 10, _stream, _seq, _rest, f1, f2, f3, f4 FROM almanac_c17",
            "UPDATE almanac_c17 SET _stream = (SELECT id FROM almanac_stream WHERE name = 'investments/europe') WHERE id = 1",
            "UPDATE almanac_c17 SET _stream = 999 WHERE id = 1", "UPDATE almanac_c17 SET f1 = x'00ff' WHERE id = 1",
            "UPDATE almanac_c17 SET _rest = x'010203' WHERE id = 1", "UPDATE almanac_c17 SET _rest = 'text' WHERE id = 1",
            "UPDATE almanac_c17 SET f4 = 'text' WHERE id = 1", "UPDATE almanac_c17 SET _seq = -1 WHERE id = 1",
            "UPDATE almanac_c2 SET f3 = 'renamed' WHERE id = 1", "UPDATE almanac_c2 SET f4 = 2 WHERE id = 1",
            "DROP TABLE almanac_c17",
            "UPDATE almanac_stream SET digest = zeroblob(2048) WHERE name = 'reference'",
            "UPDATE almanac_stream SET digest = x'00'",
            "UPDATE almanac_stream SET count = count + 1 WHERE name = 'reference'", "UPDATE almanac_stream SET last_change = 0",
            "UPDATE almanac_stream SET last_change = last_change + 1 WHERE name = 'reference'",
            "UPDATE almanac_stream SET proof = x'00'",
            "UPDATE almanac_stream SET proof = (SELECT proof FROM almanac_stream WHERE name = 'reference')",
            "UPDATE almanac_stream SET name = 'investments/africa' WHERE name = 'investments/asia'",
            "UPDATE almanac_stream SET name = 'Not A Name' WHERE name = 'investments/asia'",
            "UPDATE almanac_stream SET name = x'ff' WHERE name = 'reference'",
            "DELETE FROM almanac_stream WHERE name = 'investments/asia'", "DELETE FROM almanac_stream",
            "UPDATE almanac_replica SET checkpoint = x'00'", "UPDATE almanac_replica SET sequence = sequence + 1",
            "UPDATE almanac_replica SET epoch = 3", "DELETE FROM almanac_replica", "DROP TABLE almanac_replica",
            "DROP VIEW grants", "DROP VIEW grants; CREATE VIEW grants AS SELECT 1", "CREATE VIEW more AS SELECT 1",
        ]
        try withReplica { world in
            for edit in edits {
                let path = "\(world.directory)/edited.db"
                try Files.copy(world.replica.path, to: path)
                try DatabaseQueue(path: path).write { try $0.execute(sql: edit) }
                #expect(try !scrub(path).isRight, "\(edit)")
            }
        }
    }

    @Test func threat23_aTriggerIsRefused() throws {
        try withReplica { world in
            try DatabaseQueue(path: world.replica.path).write {
                try $0.execute(sql: "CREATE TRIGGER t AFTER INSERT ON almanac_c17 BEGIN DELETE FROM almanac_c16; END")
            }
            #expect(throws: ReplicaError.damaged("it has triggers")) { try ReplicaDatabase.open(path: world.replica.path) }
        }
    }
}

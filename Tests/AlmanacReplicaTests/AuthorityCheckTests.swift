import AlmanacModel
import GRDB
import Testing

@testable import AlmanacReplica

@Suite struct AuthorityCheckTests {
    private typealias Finding = AuthorityCheck.Finding

    /// A dataset with history: an edited record, a moved one, a deleted one.
    private func withDamage(_ sql: String, _ body: (AuthorityCheck.Report) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.putGrant(1, world.grant("renamed", "asia"))
            try world.putGrant(2, world.grant("moved", "europe"))
            try world.authority.commit { try $0.delete(world.grants, recordID(3)) }
            try world.authority.database.pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)")
            }
            try body(world.authority.database.check())
        }
    }

    @Test func aRightDatasetHasNoFindings() throws {
        try withDamage("SELECT 1") { report in
            #expect(report == AuthorityCheck.Report(recordCount: 14, commitCount: 6, findings: []))
        }
    }

    private enum Kind { case file, stream, order, chain, head }

    private func kind(_ finding: Finding) -> Kind {
        switch finding {
        case .file: .file
        case .stream: .stream
        case .order: .order
        case .chain: .chain
        case .head: .head
        }
    }

    @Test func everyKindOfDamageIsFound() throws {
        let damages: [(String, Kind)] = [
            ("UPDATE almanac_c17 SET f1 = 'x' WHERE id = 1", .stream), ("DELETE FROM almanac_c17 WHERE id = 1", .stream),
            ("UPDATE almanac_c17 SET f4 = 'x' WHERE id = 1", .file), ("UPDATE almanac_c17 SET _stream = 77 WHERE id = 1", .file),
            ("UPDATE almanac_c17 SET _changed = x'ff' WHERE id = 1", .file), ("DROP TABLE almanac_c17", .stream),
            ("DROP TABLE almanac_c17", .file), ("UPDATE almanac_c17 SET _changed = NULL WHERE id = 1", .order),
            ("UPDATE almanac_c17 SET _born = _seq + 1 WHERE id = 1", .order),
            ("UPDATE almanac_stream SET count = count + 1", .stream),
            ("UPDATE almanac_stream SET digest = zeroblob(2048)", .stream), ("UPDATE almanac_stream SET proof = x'00'", .file),
            ("UPDATE almanac_stream SET last_change = last_change + 1 WHERE name = 'reference'", .order),
            ("UPDATE almanac_stream SET last_change = 0 WHERE name = 'reference'", .head),
            ("DELETE FROM almanac_entry WHERE gone = 0", .order),
            ("UPDATE almanac_stream SET last_change = 0 WHERE name = 'reference'", .stream),
            ("DELETE FROM almanac_entry WHERE record = 2 AND collection = 17 AND gone = 0", .order),
            ("DELETE FROM almanac_entry WHERE record = 3 AND gone = 1", .order),
            ("UPDATE almanac_entry SET gone = 1 WHERE record = 1 AND collection = 17", .order),
            ("UPDATE almanac_entry SET seq = seq + 1 WHERE record = 1 AND collection = 17", .order),
            (
                "INSERT INTO almanac_entry SELECT stream, seq, collection, 88, 0 FROM almanac_entry WHERE record = 3 AND gone = 1",
                .order
            ),
            ("INSERT INTO almanac_entry SELECT stream, 1, collection, record, 1 FROM almanac_entry WHERE gone = 1", .order),
            (
                "INSERT INTO almanac_entry SELECT stream, 1, collection, record, 1 FROM almanac_entry WHERE record = 1 AND collection = 17",
                .order
            ),
            ("INSERT INTO almanac_entry VALUES (99, 1, 17, 1, 0)", .file),
            ("UPDATE almanac_next_id SET next = 1 WHERE collection = 17", .order),
            ("DELETE FROM almanac_next_id", .order), ("UPDATE almanac_commit SET message = 'x' WHERE sequence = 2", .chain),
            ("UPDATE almanac_commit SET time = time + 1 WHERE sequence = 2", .chain),
            ("DELETE FROM almanac_commit WHERE sequence = 2", .chain),
            ("UPDATE almanac_commit SET root = zeroblob(32) WHERE sequence = 3", .chain),
            ("DELETE FROM almanac_commit WHERE sequence = 6", .head), ("UPDATE almanac_authority SET head = head + 1", .head),
            ("UPDATE almanac_authority SET root = zeroblob(32)", .head),
            ("UPDATE almanac_authority SET chain = zeroblob(32)", .head),
            ("UPDATE almanac_authority SET epoch = epoch + 1", .chain), ("UPDATE almanac_authority SET dataset = x'00'", .file),
            ("DELETE FROM almanac_authority", .file), ("DROP INDEX almanac_c17_f1", .file), ("DROP VIEW grants", .file),
            ("CREATE TRIGGER t AFTER INSERT ON almanac_c17 BEGIN DELETE FROM almanac_commit; END", .file),
            ("UPDATE almanac_commit SET author = x'00' WHERE sequence = 2", .file),
        ]
        for (sql, expected) in damages {
            try withDamage(sql) { report in
                #expect(report.findings.contains { kind($0) == expected }, "\(sql): \(report.findings)")
            }
        }
    }
}

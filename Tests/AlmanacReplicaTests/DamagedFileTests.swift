import TestSupport
import AlmanacModel
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica

/// A damaged file is an error, or harmless: never a trap, never wrong data that passes for verified.
@Suite struct DamagedFileTests {
    @Test func whatIsNoReplicaIsRefused() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            let path = "\(directory)/other.db"
            #expect(throws: ReplicaError.missing(path: path)) { try ReplicaDatabase.open(path: path) }
            #expect(throws: ReplicaError.missing(path: path)) { try AuthorityDatabase.open(existing: path) }
            try Files.write(Array(repeating: 0x41, count: 9_000), to: path)
            #expect { try ReplicaDatabase.open(path: path) } throws: { isDamaged($0) }
            #expect { try AuthorityDatabase.open(existing: path) } throws: { isDamaged($0) }
            try Files.write([], to: path)
            #expect(throws: ReplicaError.notAlmanac(path: path)) { try ReplicaDatabase.open(path: path) }
            try world.replica.sync(from: world.authority)
            #expect(throws: ReplicaError.notAlmanac(path: world.authority.path)) {
                try ReplicaDatabase.open(path: world.authority.path)
            }
            #expect(throws: ReplicaError.notAlmanac(path: world.replica.path)) {
                try AuthorityDatabase.open(existing: world.replica.path)
            }
            #expect { try ReplicaDatabase.open(path: directory) } throws: { error in
                if case ReplicaError.cannotOpen = error { true } else { false }
            }
        }
    }

    private func isDamaged(_ error: any Error) -> Bool {
        if case ReplicaError.damaged = error { true } else { false }
    }

    @Test func aNewerFormatIsNamed() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            var bytes = try Files.read(world.replica.path)
            // The user version, big-endian, at offset 60 of a SQLite file.
            bytes[63] = 2
            try Files.write(bytes, to: world.replica.path)
            #expect(throws: ReplicaError.newerFormat(found: 2, known: 1)) { try ReplicaDatabase.open(path: world.replica.path) }
        }
    }

    @Test func anOlderFormatIsNamed() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.authority.database.close()
            let queue = try DatabaseQueue(path: world.authority.path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1") }
            try queue.close()
            #expect(throws: ReplicaError.olderFormat(path: world.authority.path, found: 1)) {
                try AuthorityDatabase.open(existing: world.authority.path)
            }
        }
    }

    @Test(arguments: [101, 102, 103])
    func threat23_mutatedBytesAreFoundOrHarmless(seed: UInt64) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            try world.putGrant(1, world.grant("renamed", "europe"))
            var pull = world.replica.pull()
            while try !pull.step(at: world.authority) {}
            let (original, expected) = (try Files.read(world.replica.path), try Dump.content(world.replica.path))
            var generator = SeededGenerator(seed: seed)
            var found = 0
            for _ in 0..<120 {
                let path = "\(directory)/mutated.db"
                var bytes = original
                for _ in 0..<generator.number(1...4) {
                    bytes[generator.number(0...(bytes.count - 1))] = UInt8(generator.number(0...255))
                }
                for suffix in ["-wal", "-shm"] where Files.exists(path + suffix) { try FileSync.remove(path + suffix) }
                try Files.write(bytes, to: path)
                if try isRight(path) {
                    let content = try Dump.content(path)
                    #expect(content == expected, "\(Set(content).symmetricDifference(expected))")
                } else {
                    found += 1
                }
                use(path, pull)
            }
            #expect(found > 10)
        }
    }

    private func isRight(_ path: String) throws -> Bool {
        guard let replica = try? ReplicaDatabase.open(path: path) else { return false }
        defer { try? replica.close() }
        guard let report = try? replica.scrub(now: TestKeys.now) else { return false }
        // The checkpoint's signature is for the caller to check.
        guard let checkpoint = try? replica.state().checkpoint, (try? TestKeys().verifier().verify(checkpoint)) != nil else {
            return false
        }
        return report.isRight
    }

    /// Whatever comes of it: it comes back.
    private func use(_ path: String, _ pull: TestPull) {
        if let query = try? RawQuery(path: path) {
            for sql in ["SELECT * FROM grants", "SELECT * FROM sqlite_master", "SELECT count(*) FROM places WHERE f1 = 'tokyo'"] {
                try? query.run(sql, timeout: .seconds(5), columns: { _ in }, row: { _ in true })
            }
        }
        guard let replica = try? ReplicaDatabase.open(path: path) else { return }
        _ = try? replica.state()
        _ = try? replica.schema()
        if let completion = try? pull.verified() {
            _ = try? replica.apply(pull.windows.map { .success($0) }, until: completion, now: TestKeys.now)
        }
        try? replica.close()
    }

    @Test(arguments: [201, 202])
    func threat23_aMutatedAuthorityIsFoundOrHarmless(seed: UInt64) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.authority.database.close()
            let original = try Files.read(world.authority.path)
            var generator = SeededGenerator(seed: seed)
            var found = 0
            for _ in 0..<150 {
                let path = "\(directory)/mutated.db"
                var bytes = original
                bytes[generator.number(0...(bytes.count - 1))] = UInt8(generator.number(0...255))
                for suffix in ["-wal", "-shm"] where Files.exists(path + suffix) { try FileSync.remove(path + suffix) }
                try Files.write(bytes, to: path)
                guard let database = try? AuthorityDatabase.open(existing: path) else {
                    found += 1
                    continue
                }
                if (try? database.check().isRight) != true { found += 1 }
                _ = try? database.device(.zero)
                _ = try? database.openStreams()
                let request = DeltaRequest(epoch: nil, streams: [], patterns: [.all], highestHead: .zero)
                _ = try? database.readDelta(request) { _ in true }
                _ = try? database.commit(author: "a", message: "b", time: TestKeys.now) {
                    try $0.delete(world.grants, recordID(1))
                }
                try? database.close()
            }
            #expect(found > 2)
        }
    }
}

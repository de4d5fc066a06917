import AlmanacModel
import AlmanacWire
import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import AlmanacReplica

@Suite struct AuthorityDatabaseTests {
    private func withWorld(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { try body(SmallWorld($0)) }
    }

    // MARK: The file

    @Test func aNewDatasetIsPrivateAndHasItsFirstCommit() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/new.db"
            for suffix in [".new", ".new-wal", "-wal", "-shm"] { try Files.write([1, 2, 3], to: path + suffix) }
            let identity = AuthorityDatabase.Identity(dataset: try TestKeys().dataset, epoch: Epoch(7), name: "a\u{0}b")
            let database = try AuthorityDatabase.create(path: path, identity: identity, time: TestKeys.now)
            #expect(try database.head().sequence == Sequence(1))
            #expect(try database.name() == "a\u{0}b")
            #expect(try database.check().findings == [])
            #expect(try Files.mode(path) == 0o600)
            #expect(try Files.mode(path + "-wal") == 0o600)
            #expect(!Files.exists(path + ".new"))
            #expect(throws: ReplicaError.self) {
                try AuthorityDatabase.create(path: path, identity: identity, time: TestKeys.now)
            }
            try database.close()
            #expect(try AuthorityDatabase.open(existing: path).head().sequence == Sequence(1))
        }
    }

    // MARK: Commits

    @Test func whatChangesNothingIsNoCommit() throws {
        try withWorld { world in
            let before = try world.authority.database.head()
            let same = try world.authority.commit { session in
                let record = try #require(try session.record(world.grants, recordID(1)))
                try session.put(world.grants, record.id, record.values)
                try session.delete(world.grants, recordID(999))
                _ = try session.newID(world.grants)
            }
            #expect(same == nil)
            #expect(try world.authority.database.head() == before)
            #expect(try world.authority.database.check().findings == [])
        }
    }

    private struct Broken: Error {}

    @Test func anErrorLeavesEverythingAsItWas() throws {
        try withWorld { world in
            let before = try Dump.exact(world.authority.path)
            #expect(throws: Broken.self) {
                try world.authority.commit { session in
                    try session.put(world.grants, session.newID(world.grants), world.grant("x", "oceania"))
                    try session.delete(world.grants, recordID(1))
                    throw Broken()
                }
            }
            #expect(try Dump.exact(world.authority.path) == before)
        }
    }

    @Test func aRecordNeedsAStream() throws {
        try withWorld { world in
            for region in ["", "---", String(repeating: "a", count: 200)] {
                #expect(throws: ReplicaError.self) { try world.putGrant(1, world.grant("x", region)) }
            }
            #expect(throws: ReplicaError.self) { try world.authority.commit { try $0.put(collectionID(99), recordID(1), []) } }
            let large = Text(String(repeating: "a", count: Caps.record))
            #expect(throws: ReplicaError.self) {
                try world.authority.commit {
                    try $0.put(world.places, $0.newID(world.places), [FieldValue(fieldID(1), .text(large))])
                }
            }
        }
    }

    @Test func idsAreNeverUsedAgain() throws {
        try withWorld { world in
            try world.authority.commit { try $0.delete(world.grants, recordID(3)) }
            try world.authority.database.close()
            let database = try AuthorityDatabase.open(existing: world.authority.path)
            var given: RecordID?
            try database.commit(author: "", message: "", time: TestKeys.now) { session in
                let id = try session.newID(world.grants)
                given = id
                try session.put(world.grants, id, world.grant("new", "asia"))
            }
            #expect(given == (try recordID(4)))
            // Not by naming it, either.
            #expect(throws: ReplicaError.self) {
                try database.commit(author: "", message: "", time: TestKeys.now) {
                    try $0.put(world.grants, recordID(3), world.grant("again", "asia"))
                }
            }
            // An id from elsewhere is taken, and not given out again.
            try database.commit(author: "", message: "", time: TestKeys.now) { session in
                try session.put(world.grants, recordID(50), world.grant("imported", "asia"))
                #expect(try session.newID(world.grants) == recordID(51))
            }
            #expect(try database.check().findings == [])
        }
    }

    @Test func theChainIsKeptWhereTextsAreOdd() throws {
        try withWorld { world in
            for text in ["", "\u{0}", "a\u{0}b", "e\u{301}", "\u{e9}", "'; DROP TABLE almanac_commit; --", "\u{1f5fe}\n"] {
                let id = try recordID(1)
                let sequence = try world.head().rawValue
                try world.authority.database.commit(author: text, message: text, time: TestKeys.now) { session in
                    try session.put(world.grants, id, world.grant("n\(sequence)", "asia"))
                }
            }
            #expect(try world.authority.database.check().findings == [])
        }
    }

    /// Two processes are two connections: SQLite's lock orders what they commit.
    @Test func twoWritersKeepSequencesAndChain() throws {
        try withWorld { world in
            let databases = [world.authority.database, try AuthorityDatabase.open(existing: world.authority.path)]
            let (places, path) = (world.places, world.authority.path)
            let sequences = Mutex<[AlmanacModel.Sequence]>([])
            DispatchQueue.concurrentPerform(iterations: 2) { writer in
                for number in 0..<25 {
                    let commit = try? databases[writer].commit(author: "\(writer)", message: "\(number)", time: TestKeys.now) {
                        session in
                        let name = FieldValue(try fieldID(1), .text(Text("place \(writer) \(number)")))
                        try session.put(places, session.newID(places), [name])
                    }
                    if let commit { sequences.withLock { $0.append(commit.sequence) } }
                }
            }
            let found = sequences.withLock { $0 }
            #expect(found.count == 50)
            #expect(Set(found).count == 50)
            #expect(try databases[0].head() == databases[1].head())
            let reopened = try AuthorityDatabase.open(existing: path)
            #expect(try reopened.head().sequence == found.max())
            #expect(try reopened.check() == AuthorityCheck.Report(recordCount: 15 + 50, commitCount: 53, findings: []))
        }
    }

    // MARK: Reading

    @Test func anOperatorSeesStreamsAndTheLastCommit() throws {
        try withWorld { world in
            let streams = try world.authority.database.streams()
            #expect(streams.map(\.name.rawValue) == ["investments/asia", "investments/europe", "reference"])
            #expect(streams.map(\.count) == [2, 1, 12])
            #expect(streams.map(\.lastChange) == [Sequence(3), Sequence(3), Sequence(2)])
            let last = try #require(try world.authority.database.lastCommit())
            #expect(last.sequence == Sequence(3))
            #expect(last.header.time == world.authority.time)
            #expect((last.header.author, last.header.message) == ("somebody", "a commit"))
        }
    }

    @Test func recordsAreFoundByAValue() throws {
        try withWorld { world in
            try world.authority.commit { session in
                let (name, unknown) = (try fieldID(1), try fieldID(900))
                #expect(try session.find(world.grants, where: name, is: .text("grant1")) == recordID(2))
                #expect(try session.find(world.grants, where: name, is: .text("GRANT1")) == nil)
                #expect(throws: ReplicaError.self) { try session.find(world.grants, where: unknown, is: .text("x")) }
            }
        }
    }

    @Test func whatMayNotBeReadIsAsIfItDidNotExist() throws {
        try withWorld { world in
            let secret = try streamName("investments/asia")
            func read(_ streams: [String], _ patterns: [StreamPattern]) throws -> DeltaStep {
                let bases = try streams.map { StreamBase(stream: try streamName($0), base: .zero, position: .start) }
                let request = DeltaRequest(epoch: nil, streams: bases, patterns: patterns, highestHead: .zero)
                return try world.authority.database.readDelta(request) { $0 != secret }
            }
            let step = try read([], [.all])
            #expect(step.outline?.map(\.stream.rawValue) == ["investments/europe", "reference"])
            #expect(step.windows.allSatisfy { $0.header.stream != secret })
            #expect(step.completion?.proofs.count == 2)
            #expect(try read([], [.exactly(secret)]).outline?.map(\.stream) == [.reference])
            #expect(try read([], []).outline?.map(\.stream) == [.reference])
            #expect(throws: DeltaRefusal.streamUnknown(secret)) { try read([secret.rawValue], []) }
            let absent = try streamName("investments/nowhere")
            #expect(throws: DeltaRefusal.streamUnknown(absent)) { try read([absent.rawValue], []) }
        }
    }

    @Test func aStoreSaysWhyItCannotAnswer() throws {
        try withWorld { world in
            let head = try world.head()
            func read(_ request: DeltaRequest) throws { _ = try world.authority.read(request) }
            let ahead = Sequence(head.rawValue + 1)
            #expect(throws: DeltaRefusal.behind(head: head)) {
                try read(DeltaRequest(epoch: nil, streams: [], patterns: [.all], highestHead: ahead))
            }
            let base = StreamBase(stream: .reference, base: ahead, position: .start)
            #expect(throws: DeltaRefusal.behind(head: head)) {
                try read(DeltaRequest(epoch: Epoch(7), streams: [base], patterns: [], highestHead: head))
            }
            #expect(throws: DeltaRefusal.epochMismatch(Epoch(7))) {
                try read(DeltaRequest(epoch: Epoch(8), streams: [], patterns: [.all], highestHead: .zero))
            }
            try world.authority.database.pool.write {
                try $0.execute(sql: "UPDATE almanac_stream SET horizon = 2 WHERE name = 'reference'")
            }
            let old = StreamBase(stream: .reference, base: Sequence(1), position: .start)
            #expect(throws: DeltaRefusal.baseTooOld(.reference, horizon: Sequence(2))) {
                try read(DeltaRequest(epoch: Epoch(7), streams: [old], patterns: [], highestHead: head))
            }
        }
    }

    /// No record arrives before the schema that explains it, whatever the names of the streams and however small the steps.
    @Test func theReferenceStreamIsReadToItsEndFirst() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory, limits: DeltaReader.Limits(windowEntries: 1, stepBytes: ByteCount(1)))
            var request = DeltaRequest(epoch: nil, streams: [], patterns: [.all], highestHead: .zero)
            var streams: [StreamName] = []
            var steps = 0
            while true {
                let step = try world.authority.read(request)
                #expect(step.next.epoch == Epoch(7))
                #expect((step.outline == nil) == (steps > 0))
                #expect(step.windows.count == 1)
                streams += step.windows.map(\.header.stream)
                if step.completion != nil { break }
                request = step.next
                steps += 1
            }
            let reference = streams.prefix { $0 == .reference }
            #expect(reference.count == 12)
            #expect(
                streams.dropFirst(reference.count).map(\.rawValue) == [
                    "investments/asia", "investments/asia", "investments/europe",
                ])
        }
    }

    @Test func nothingNewIsAnOutlineAndAnEnd() throws {
        try withWorld { world in
            try world.replica.sync(from: world.authority)
            var pull = world.replica.pull()
            #expect(try pull.step(at: world.authority))
            #expect(pull.windows.isEmpty)
        }
    }
}

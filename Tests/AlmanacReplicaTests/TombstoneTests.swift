import AlmanacModel
import Foundation
import GRDB
import Testing

@testable import AlmanacReplica

/// What a local copy can tell of records that are gone.
@Suite struct TombstoneTests {
    /// `sequence stream id`, with `-` and the key for what has left.
    private func changes(
        _ path: String, since: UInt64, whole: Set<StreamName> = []
    ) throws -> [String] {
        try ReplicaSnapshot.read(path: path) { snapshot in
            var lines: [String] = []
            let streams = Set(snapshot.state.streams.map(\.name))
            let request = SnapshotChangeRequest(
                since: Sequence(since), wholeStreams: whole, streams: streams, collections: [try collectionID(17)])
            try snapshot.forEachChange(request) { change in
                let place = "\(change.sequence) \(change.stream) \(change.id)"
                switch change.kind {
                case .record: lines.append(place)
                case .deletion(let key): lines.append("-\(place) \(key ?? "?")")
                }
            }
            return lines
        }
    }

    private func withWorld(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            try body(world)
        }
    }

    @Test func aDeletionAMoveAndAReturnAreTold() throws {
        try withWorld { world in
            let base = try world.head().rawValue
            try world.authority.commit { try $0.delete(world.grants, recordID(1)) }
            try world.putGrant(2, world.grant("grant1", "europe"))
            try world.replica.sync(from: world.authority)
            #expect(
                try changes(world.replica.path, since: base) == [
                    "-r\(base + 1) investments/asia 1 grant0", "-r\(base + 2) investments/asia 2 grant1",
                    "r\(base + 2) investments/europe 2",
                ])
            // Back again: that it had left is of no interest any more.
            try world.putGrant(2, world.grant("grant1", "asia"))
            try world.replica.sync(from: world.authority)
            #expect(
                try changes(world.replica.path, since: base) == [
                    "-r\(base + 1) investments/asia 1 grant0", "-r\(base + 3) investments/europe 2 grant1",
                    "r\(base + 3) investments/asia 2",
                ])
            #expect(try changes(world.replica.path, since: base + 3).isEmpty)
            #expect(try ReplicaDatabase.open(path: world.replica.path).scrub(now: TestKeys.now).isRight)
        }
    }

    /// It keeps none from before it began, and says from when on it knows them.
    @Test func aFirstCopyForgetsWhatWasBefore() throws {
        try withWorld { world in
            try world.authority.commit { try $0.delete(world.grants, recordID(1)) }
            let late = TestReplica(path: "\(world.directory)/late.db", keys: world.keys)
            try late.sync(from: world.authority)
            #expect(try changes(late.path, since: 0).filter { $0.hasPrefix("-") }.isEmpty)
            let head = try world.head()
            let known = try ReplicaSnapshot.read(path: late.path) { $0.state.streams.map(\.knownSince) }
            #expect(Set(known) == [head])
        }
    }

    /// A stream that is born later has no past that anybody could miss.
    @Test func aStreamThatIsBornLaterIsKnownSinceTheSyncBefore() throws {
        try withWorld { world in
            let before = try world.head()
            try world.putGrant(1, world.grant("grant0", "africa"))
            try world.replica.sync(from: world.authority)
            let streams = try ReplicaSnapshot.read(path: world.replica.path) { $0.state.streams }
            let africa = try streamName("investments/africa")
            #expect(streams.first { $0.name == africa }?.knownSince == before)
        }
    }

    @Test func aFileOfTheFirstProgramsGetsWhatItLacks() throws {
        try withWorld { world in
            let path = world.replica.path
            let queue = try DatabaseQueue(path: path)
            try queue.write {
                try $0.execute(
                    sql:
                        "DROP TABLE \(TombstoneTable.name); DROP TABLE almanac_copy; DROP TABLE almanac_membership; UPDATE almanac_stream SET horizon = 0"
                )
            }
            try queue.close()
            #expect(try changes(path, since: 0).count == 3)
            let base = try world.head()
            try world.authority.commit { try $0.delete(world.grants, recordID(1)) }
            try world.replica.sync(from: world.authority)
            #expect(try changes(path, since: base.rawValue) == ["-r\(base.rawValue + 1) investments/asia 1 grant0"])
            let replica = try ReplicaDatabase.open(path: path)
            #expect(try replica.scrub(now: TestKeys.now).isRight)
            #expect(try replica.state().streams.allSatisfy { $0.knownSince == base })
        }
    }

    @Test func aStreamThatLeavesTakesItsRowsWithIt() throws {
        try withWorld { world in
            let (path, asia) = (world.replica.path, try streamName("investments/asia"))
            let head = try world.head()
            let completion = try ReplicaDatabase.open(path: path)
            defer { try? completion.close() }
            var pull = TestPull(
                held: [.reference, try streamName("investments/europe")], checkpoint: world.replica.checkpoint, keys: world.keys,
                patterns: [])
            while try !pull.step(at: world.authority) {}
            _ = try completion.apply([], until: pull.verified(), leaving: [asia], now: TestKeys.now)
            #expect(try completion.state().streams.map(\.name.rawValue) == ["investments/europe", "reference"])
            #expect(try completion.scrub(now: TestKeys.now).isRight)
            #expect(try changes(path, since: 0) == ["\(head) investments/europe 3"])
            for suffix in ["", "-wal"] where Files.exists(path + suffix) {
                #expect(try Data(Files.read(path + suffix)).range(of: Data("grant1".utf8)) == nil, "its rows are overwritten")
            }
        }
    }
}

import TestSupport
import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// Replication by state: whatever is committed between two windows, and whichever server sends the next one, what is applied in the
/// end is what the authority signed.
@Suite struct ReplicationPropertyTests {
    @Test(arguments: 1...24)
    func everyReplicaBecomesTheAuthority(seed: UInt64) throws {
        try withTemporaryDirectory { directory in
            var world = try World(directory: directory, seed: seed)
            try world.run()
            try world.settle()
        }
    }

    @Test func everyKindOfChangeHappens() throws {
        try withTemporaryDirectory { directory in
            var world = try World(directory: directory, seed: 5)
            for _ in 0..<150 { try world.dataset.commit(to: world.authority) }
            let kinds = [
                "created", "edited", "set to null", "moved", "deleted", "new collection", "new field", "edited field",
                "value without field",
            ]
            for kind in kinds { #expect(world.dataset.counts[kind, default: 0] > 0, "\(kind)") }
        }
    }
}

/// An authority, two mirrors, and replicas at every age.
private struct World {
    let directory: String
    let keys: TestKeys
    let authority: TestAuthority
    var dataset: RandomDataset
    private var generator: SeededGenerator
    private var mirrors: [TestMirror] = []
    private var replicas: [TestReplica] = []

    init(directory: String, seed: UInt64) throws {
        self.directory = directory
        keys = try TestKeys()
        generator = SeededGenerator(seed: seed &* 1_000)
        let limits = Self.limits(&generator)
        authority = try TestAuthority(directory: directory, keys: keys, limits: limits)
        var dataset = RandomDataset(seed: seed)
        try authority.commit { try dataset.begin($0) }
        self.dataset = dataset
        for number in 0..<2 {
            let mirror = try TestMirror(path: "\(directory)/mirror\(number).db", keys: keys, limits: Self.limits(&generator))
            mirrors.append(mirror)
        }
    }

    private static func limits(_ generator: inout SeededGenerator) -> DeltaReader.Limits {
        DeltaReader.Limits(
            windowBytes: ByteCount(generator.number(1...400)), windowEntries: generator.number(1...5),
            stepBytes: ByteCount(generator.pick([1, 1, 300, 2_000])))
    }

    /// Commits, mirrors that follow, replicas that are born and pull.
    mutating func run() throws {
        for round in 0..<5 {
            for _ in 0..<generator.number(1...6) { try dataset.commit(to: authority) }
            try syncMirror()
            if round < 3 { replicas.append(TestReplica(path: "\(directory)/replica\(round).db", keys: keys)) }
            // The others keep their old bases.
            try pull(generator.pick(replicas))
        }
    }

    /// When nothing changes any more everybody is byte for byte a fresh copy of the authority.
    mutating func settle() throws {
        let fresh = TestReplica(path: "\(directory)/fresh.db", keys: keys)
        try fresh.sync(from: authority)
        let expected = try Dump.content(fresh.path)
        for replica in replicas {
            try pull(replica, isQuiet: true)
            #expect(try Dump.content(replica.path) == expected)
            let opened = try ReplicaDatabase.open(path: replica.path)
            #expect(try opened.scrub(now: TestKeys.now).findings == [])
            try opened.close()
        }
        #expect(try authority.database.check().findings == [])
    }

    private mutating func syncMirror() throws {
        let mirror = generator.pick(mirrors)
        let ahead = mirrors.first { $0 !== mirror && $0.headSequence >= mirror.headSequence && $0.headSequence > .zero }
        if let ahead, generator.chance(3) { try mirror.sync(from: ahead) } else { try mirror.sync(from: authority) }
    }

    /// Between every two steps commits, mirrors that move on, a cut, and another server.
    private mutating func pull(_ replica: TestReplica, isQuiet: Bool = false) throws {
        var pull = replica.pull()
        var commits = isQuiet ? 0 : generator.number(0...12)
        while true {
            let stores: [any TestStore] = [authority] + mirrors
            let ready = try stores.filter { try $0.headSequence >= pull.request.highestHead && $0.headSequence > .zero }
            if try pull.step(at: isQuiet && generator.chance(2) ? authority : generator.pick(ready)) { break }
            if commits > 0, generator.chance(2) {
                commits -= 1
                try dataset.commit(to: authority)
                if generator.chance(2) { try syncMirror() }
            }
            if generator.chance(4) { pull.restart() }
        }
        try replica.finish(pull)
        guard isQuiet, try replica.checkpoint?.statement.sequence != authority.headSequence else { return }
        try self.pull(replica, isQuiet: true)
    }
}

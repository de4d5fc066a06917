import TestSupport
import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// A delta costs what has changed, not how often, nor what went before.
@Suite struct NetChangeTests {
    private static let hot: ClosedRange<Int64> = 1...500

    /// An authority with ten times as many grants as are going to change, and a replica that has them.
    private func world(_ directory: String) throws -> SmallWorld {
        let world = try SmallWorld(directory)
        try world.authority.commit { session in
            for id in Self.hot.lowerBound...(Self.hot.upperBound * 10) {
                try session.put(world.grants, recordID(id), world.grant("grant \(id)", "asia", amount: id))
            }
        }
        try world.replica.sync(from: world.authority)
        return world
    }

    /// What a replica fetches to come to the head, in bytes and rows; it has to end as a fresh copy does.
    private func cost(_ world: SmallWorld) throws -> (bytes: Int, rows: Int, read: Int) {
        let counter = RowCounter()
        var pull = world.replica.pull()
        while try !pull.step(at: world.authority, counter: counter) {}
        try world.replica.finish(pull)
        let fresh = TestReplica(path: "\(world.directory)/fresh.db", keys: world.keys)
        try fresh.sync(from: world.authority)
        #expect(try Dump.content(world.replica.path) == Dump.content(fresh.path))
        return (pull.byteCount, pull.windows.reduce(0) { $0 + $1.changes.count }, counter.rows)
    }

    /// 200 commits of 50 rows on 500 hot rows, beside one commit that leads to the same.
    @Test(arguments: [7, 8] as [UInt64])
    func manyCommitsCostAtMostTwoBytesARowMoreThanOne(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var amounts: [Int64: Int64] = [:]
        let many = try withTemporaryDirectory { directory in
            let world = try world(directory)
            for _ in 0..<200 {
                let changes = Array(Self.hot).shuffled(using: &generator).prefix(50).map {
                    (id: $0, amount: Int64.random(in: 0...1_000_000, using: &generator))
                }
                try world.authority.commit { session in
                    for change in changes { try put(change.id, change.amount, session, world) }
                }
                for change in changes { amounts[change.id] = change.amount }
            }
            return try cost(world)
        }
        let one = try withTemporaryDirectory { directory in
            let world = try world(directory)
            try world.authority.commit { session in
                for (id, amount) in amounts.sorted(by: { $0.key < $1.key }) { try put(id, amount, session, world) }
            }
            return try cost(world)
        }
        #expect(many.rows == amounts.count && one.rows == amounts.count)
        print("200 commits: \(many.bytes) bytes, one: \(one.bytes), \(amounts.count) rows")
        #expect(many.bytes <= one.bytes + 2 * amounts.count, "\(many.bytes) bytes, and \(one.bytes) for one commit")
    }

    /// Commits that later ones have undone or repeated leave nothing behind that a delta reads or sends.
    @Test func historyCostsNothing() throws {
        var costs: [Int] = []
        var reads: [Int] = []
        for history in [0, 2_000] {
            let delta = try withTemporaryDirectory { directory in
                let world = try world(directory)
                for number in 0..<history {
                    let id = Int64(number % 20) + 1
                    try world.authority.commit { try put(id, Int64(number), $0, world) }
                }
                try world.replica.sync(from: world.authority)
                try world.authority.commit { session in
                    for id in Self.hot { try put(id, id * 7, session, world) }
                }
                return try cost(world)
            }
            #expect(delta.rows == Self.hot.count)
            costs.append(delta.bytes)
            reads.append(delta.read)
        }
        #expect(abs(costs[0] - costs[1]) < 16, "\(costs) bytes")
        #expect(abs(reads[0] - reads[1]) < 4, "\(reads) rows read")
    }

    private func put(_ id: Int64, _ amount: Int64, _ session: CommitSession, _ world: SmallWorld) throws {
        try session.put(world.grants, recordID(id), world.grant("grant \(id)", "asia", amount: amount))
    }
}

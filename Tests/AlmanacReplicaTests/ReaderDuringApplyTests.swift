import AlmanacModel
import AlmanacWire
import Dispatch
import Glibc
import GRDB
import Synchronization
import Testing

@testable import AlmanacReplica

/// Who reads the local file while a delta is applied waits for nothing, and sees the state before it or the state after it.
@Suite struct ReaderDuringApplyTests {
    private static let count: Int64 = 4_000

    /// What readers have seen.
    private final class Sightings: Sendable {
        private let state = Mutex((heads: Set<Int64>(), reads: 0, faults: [String]()))
        private let isOver = Mutex(false)

        func note(head: Int64, lowest: Int64, highest: Int64) {
            state.withLock { state in
                state.heads.insert(head)
                state.reads += 1
                if lowest != highest { state.faults.append("at r\(head): amounts from \(lowest) to \(highest)") }
            }
        }

        func note(_ error: any Error) { state.withLock { $0.faults.append("\(error)") } }
        func end() { isOver.withLock { $0 = true } }
        var isEnded: Bool { isOver.withLock(\.self) }
        var reads: Int { state.withLock(\.reads) }
        var heads: Set<Int64> { state.withLock(\.heads) }
        var faults: [String] { state.withLock(\.faults) }
    }

    @Test func aReaderNeverWaitsAndNeverSeesHalfACommit() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try fill(world, amount: 1)
            try world.replica.sync(from: world.authority)
            let sightings = Sightings()
            let readers = DispatchGroup()
            for _ in 0..<2 {
                let path = world.replica.path
                DispatchQueue.global().async(group: readers) { Self.read(path, sightings) }
            }
            var heads: Set<Int64> = [Int64(clamping: try world.head().rawValue)]
            for amount in 2...6 {
                try fill(world, amount: Int64(amount))
                try world.replica.sync(from: world.authority)
                heads.insert(Int64(clamping: try world.head().rawValue))
                // At least one more look between two deltas: on a busy machine a reader may sleep through all of one.
                let seen = sightings.reads
                while sightings.reads < seen + 2, sightings.faults.isEmpty { usleep(1_000) }
            }
            sightings.end()
            readers.wait()
            #expect(sightings.faults.isEmpty, "\(sightings.faults.prefix(3))")
            #expect(sightings.heads.isSubset(of: heads))
            #expect(sightings.heads.count > 1, "readers that saw nothing change")
        }
    }

    /// One commit sets all amounts.
    private func fill(_ world: SmallWorld, amount: Int64) throws {
        try world.authority.commit { session in
            for number in 1...Self.count {
                if amount == 1, number > 3 { _ = try session.newID(world.grants) }
                let region = ["asia", "europe", "africa"][Int((number + amount) % 3)]
                try session.put(world.grants, recordID(number), world.grant("grant\(number)", region, amount: amount))
            }
        }
    }

    /// With a connection that fails where it would have to wait.
    private static func read(_ path: String, _ sightings: Sightings) {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .immediateError
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            while !sightings.isEnded {
                try queue.read { database in
                    let row = try Row.fetchOne(
                        database,
                        sql: "SELECT (SELECT sequence FROM almanac_replica), min(f4), max(f4) FROM almanac_c17")
                    guard let row else { return }
                    sightings.note(head: row[0], lowest: row[1], highest: row[2])
                }
            }
            try queue.close()
        } catch {
            sightings.note(error)
        }
    }
}

import TestSupport
import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// A first copy that begins at one server and ends at another, which stands at another head.
@Suite struct OtherServerTests {
    @Test(arguments: [51, 52, 53] as [UInt64])
    func aCopyGoesOnAtAnotherServerAtAnotherHead(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        var generator = SeededGenerator(seed: seed)
        try commits.fill(authority, count: 9_000)
        let relay = try await Relay()
        let port = try await authority.serve()
        relay.lead(to: port)
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port))
        let log = EntryLog()
        let before = relay.passedByteCount
        var tries = 0
        // A standing copy of the authority after every round, each at the head of its time.
        var others: [TestAuthority] = []
        var ports = [port]
        for round in 0..<4 {
            relay.lead(to: ports[round], cutAfter: Int.random(in: 80_000...400_000, using: &generator))
            tries += 1
            _ = try? await laptop.sync { log.take($0) }
            try commits.change(authority, count: 60)
            let other = try TestAuthority(copying: authority, folder, name: "copy\(round)")
            others.append(other)
            ports.append(try await other.serve())
        }
        // One that lags behind what was received is refused, and costs nothing.
        relay.lead(to: ports[1])
        await #expect(throws: (any Error).self) { try await laptop.sync { log.take($0) } }
        let stored = log.entries
        relay.lead(to: try #require(ports.last))
        let summary = try await laptop.sync { log.take($0) }
        #expect(stored > 0 && log.entries > stored)

        let fresh = try await Laptop(folder, "ben", link: authority.invite("ben", port: port))
        try await fresh.sync()
        #expect(try laptop.contents() == fresh.contents())
        #expect(try laptop.state().streams.map(\.lastChange) == fresh.state().streams.map(\.lastChange))
        #expect(summary.to.sequence == (try fresh.state().cursor.sequence))
        // Of each try a window that was cut, the handshake, and what changed meanwhile.
        let wasted = relay.passedByteCount - before - log.byteCount
        #expect(wasted < (tries + 2) * (262_144 + 16_384), "\(wasted) bytes came for nothing")
        #expect(log.entries <= UInt64(summary.recordCount) + 4 * 120, "what had come whole was not fetched again")

        // Deltas go on at the first one.
        try commits.change(authority)
        relay.lead(to: port)
        try await laptop.sync()
        try laptop.verify()
        for server in others + [authority] { try await server.stop() }
        try await relay.close()
    }
}

import TestSupport
import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// The line is cut again and again, with commits, moves, deletions and restarts in between: the copy ends as the authority's, and
/// little is fetched twice.
@Suite struct CutTests {
    @Test(arguments: [11, 12, 13] as [UInt64])
    func aCutLosesNothing(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        var generator = SeededGenerator(seed: seed)
        try commits.fill(authority, count: 20_000)
        let relay = try await Relay()
        relay.lead(to: try await authority.serve())
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port))

        let before = relay.passedByteCount
        var cuts = 0
        while cuts < 40 {
            // Somewhere in the handshake, in the first messages, or in the windows.
            let budget = [3_000, 20_000, 600_000].randomElement(using: &generator) ?? 0
            relay.lead(
                to: try await authority.restart(unless: Int.random(in: 0..<4, using: &generator) != 0),
                cutAfter: Int.random(in: 0...budget, using: &generator))
            do {
                try await laptop.sync()
                break
            } catch {
                cuts += 1
                try commits.change(authority)
            }
        }
        relay.lead(to: try await authority.restart(unless: false))
        try await laptop.sync()
        let fetched = relay.passedByteCount - before
        #expect(cuts > 3, "a fault that was never injected")

        let start = relay.passedByteCount
        let fresh = try await Laptop(folder, "ben", link: authority.invite("ben", port: relay.port))
        try await fresh.sync()
        #expect(try laptop.contents() == fresh.contents())
        // At most one window (256 KiB) is fetched again after a cut, and the handshake.
        #expect(fetched <= (relay.passedByteCount - start) + (cuts + 2) * (262_144 + 8_192))
        try await authority.stop()
        try await relay.close()
    }
}

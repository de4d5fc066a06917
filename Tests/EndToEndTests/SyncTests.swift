import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacServer
import Foundation
import Testing

/// A real server, a real client library, real TLS on the loopback address.
@Suite struct SyncTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority(folder)
    }

    @Test func theSecondSyncMovesWhatChanged() async throws {
        var commits = TestCommits(seed: 1)
        try commits.fill(authority, count: 500)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))

        let first = try await laptop.sync()
        #expect(first.from == nil && first.recordCount > 500)

        let again = try await laptop.sync()
        #expect(again.isUnchanged)

        try commits.changeOneField(authority)
        let second = try await laptop.sync()
        #expect(second.changes == 1)
        // A few hundred bytes, most of them hello, checkpoint, and each stream's way to the root.
        #expect(second.received < ByteCount(400 + 200 * second.streams.count))
        #expect(second.to.sequence > first.to.sequence)

        let fresh = try await Laptop(folder, "ben", link: authority.invite("ben", port: port))
        try await fresh.sync()
        #expect(try laptop.contents() == fresh.contents())
        try await authority.stop()
    }

    @Test func aReaderGetsWhatItMayRead() async throws {
        var commits = TestCommits(seed: 2)
        try commits.fill(authority, count: 200)
        let port = try await authority.serve()
        let asia = try #require(StreamPattern("investments/asia"))
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port, grants: [asia]))
        try await laptop.sync()
        #expect(try laptop.state().streams.map(\.name.rawValue) == ["investments/asia", "reference"])
        for _ in 0..<5 {
            try commits.change(authority)
            try await laptop.sync()
        }
        let regions = Set(try laptop.contents()["investments"]?.map { $0[2] } ?? [])
        #expect(regions == [.text("Asia")])
        try await authority.stop()
    }

    @Test func anOlderAuthorityIsARollback() async throws {
        var commits = TestCommits(seed: 3)
        try commits.fill(authority, count: 50)
        let database = try authority.open()
        try database.close()
        try FileManager.default.copyItem(atPath: authority.directory.database, toPath: folder.path + "/old.sqlite")

        let relay = try await Relay()
        relay.lead(to: try await authority.serve())
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port))
        try commits.change(authority)
        try await laptop.sync()
        let known = try laptop.state().cursor
        try await authority.stop()

        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: authority.directory.database + suffix) }
        try FileManager.default.copyItem(atPath: folder.path + "/old.sqlite", toPath: authority.directory.database)
        let link = try? authority.invite("lea", port: relay.port)
        #expect(link != nil)
        relay.lead(to: try await authority.serve())
        await #expect(throws: (any Error).self) { try await laptop.sync() }
        #expect(try laptop.state().cursor == known, "the replica stays what it was")
        try await authority.stop()
        try await relay.close()
    }

    @Test func anotherAuthorityBehindTheAddressIsRefused() async throws {
        let relay = try await Relay()
        relay.lead(to: try await authority.serve())
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port))
        try await laptop.sync()
        let impostor = try TestAuthority(folder, name: "impostor")
        relay.lead(to: try await impostor.serve())
        await #expect(throws: (any Error).self) { try await laptop.sync() }
        relay.lead(to: 1)
        await #expect(throws: (any Error).self) { try await laptop.sync() }
        try await impostor.stop()
        try await authority.stop()
        try await relay.close()
    }

    @Test func aChangedRowIsFoundAndReplaced() async throws {
        var commits = TestCommits(seed: 4)
        try commits.fill(authority, count: 100)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try await laptop.sync()
        let right = try laptop.contents()

        let bytes = try Data(contentsOf: URL(fileURLWithPath: laptop.context.paths.replica))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: laptop.context.paths.replica))
        let summary = try await laptop.sync(full: true)
        #expect(summary.recordCount > 100)
        #expect(try laptop.contents() == right)
        try await authority.stop()
    }

    @Test func onlyOneProcessSyncsAReplica() async throws {
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try await laptop.sync()
        let other = try DirectoryLock(laptop.context.paths.lock)
        await #expect(throws: ClientError.syncing(laptop.context.name)) { try await laptop.sync() }
        withExtendedLifetime(other) {}
        try await authority.stop()
    }
}

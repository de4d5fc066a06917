import AlmanacModel
import AlmanacServer
import Testing

@testable import AlmanacClient

/// What a person may do is the authority's to say; the laptop hears of it at every sync.
@Suite struct RoleTests {
    @Test func aPromotedPersonMayDoMoreAfterTheNextSync() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 1)
        try commits.fill(authority, count: 3)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try await laptop.sync()
        #expect(try laptop.context.storedSettings().role == .reader)
        _ = try authority.invite("lea", port: port, role: .curator)
        try await laptop.sync()
        #expect(try laptop.context.storedSettings().role == .curator)
        _ = try authority.invite("lea", port: port, role: .annotator)
        try await laptop.sync()
        #expect(try laptop.context.storedSettings().role == .annotator)
        try await authority.stop()
    }
}

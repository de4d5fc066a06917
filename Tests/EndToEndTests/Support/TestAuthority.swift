import AlmanacModel
import AlmanacReplica
import AlmanacServer
import AlmanacWire
import Foundation
import Logging
import NIOCore
import Testing

/// A real authority in a directory of its own, served on the loopback address.
final class TestAuthority {
    let directory: DataDirectory
    private var running: Task<Void, any Error>?
    private var port: Int?

    /// What every test's dataset looks like: clusters in `reference`, investments in a stream for each region.
    static let clusters = makeCollectionID(16)
    static let investments = makeCollectionID(17)

    private static func makeCollectionID(_ number: UInt64) -> CollectionID {
        CollectionID(number) ?? SystemSchema.package
    }

    init(_ folder: TemporaryFolder, name: String = "authority") throws {
        directory = DataDirectory(folder.path + "/" + name)
        _ = try Founding(directory: directory, name: name, rootKeyPath: nil).found(now: Clock.system.now())
        let database = try open()
        defer { try? database.close() }
        try database.commit(author: "test", message: "schema", time: Clock.system.now()) { session in
            let schema = Schema(session.schema.collections + [try Self.clusterTable(), try Self.investmentTable()])
            try session.updateSchema(try #require(schema))
        }
    }

    /// The same authority in another place, as it is now: what a server has that does not hear of later commits.
    init(copying other: TestAuthority, _ folder: TemporaryFolder, name: String) throws {
        directory = DataDirectory(folder.path + "/" + name)
        let (from, to) = (other.directory.path, directory.path)
        try FileManager.default.createDirectory(
            atPath: to, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // All but the socket that tells of the running one.
        for name in try FileManager.default.contentsOfDirectory(atPath: from) where !name.hasSuffix(".sock") {
            try FileManager.default.copyItem(atPath: "\(from)/\(name)", toPath: "\(to)/\(name)")
        }
    }

    private static func clusterTable() throws -> Collection {
        let fields = [try field(1, "key", .text), try field(2, "name", .text), try field(3, "rank", .integer)]
        let name = try #require(Identifier("clusters"))
        return try #require(Collection(id: clusters, name: name, stream: .reference, key: FieldID(1), fields: fields))
    }

    private static func investmentTable() throws -> Collection {
        let fields = [
            try field(1, "key", .text), try field(2, "region", .text), try field(3, "cluster", .reference(clusters)),
            try field(4, "amount", .decimal), try field(5, "announced", .date), try field(6, "note", .text),
        ]
        let name = try #require(Identifier("investments"))
        let stream = try #require(StreamName("investments"))
        return try #require(
            Collection(id: investments, name: name, stream: stream, partition: FieldID(2), key: FieldID(1), fields: fields))
    }

    private static func field(_ number: UInt64, _ name: String, _ type: FieldType) throws -> Field {
        Field(id: try #require(FieldID(number)), name: try #require(Identifier(name)), type: type)
    }

    func open() throws -> AuthorityDatabase { try AuthorityDatabase.open(existing: directory.database) }

    func head() throws -> UInt64 {
        let database = try open()
        defer { try? database.close() }
        return try database.head().sequence.rawValue
    }

    // MARK: Serving

    /// Serves until ``stop()``; returns the port.
    func serve(_ change: (inout AlmanacService.Settings) -> Void = { _ in }) async throws -> Int {
        var settings = AlmanacService.Settings(host: "127.0.0.1", port: 0)
        // Beside a thousand other tests a client may wait long for its turn.
        (settings.handshakeTimeout, settings.helloTimeout) = (.seconds(120), .seconds(120))
        change(&settings)
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let service = AlmanacService(
            directory: directory, settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { address in
            listening.yield(address?.port ?? 0)
            listening.finish()
        }
        running = Task { try await service.run() }
        for await port in ports { self.port = port }
        return try #require(port)
    }

    /// Serves again, perhaps on another port, unless it is to go on as it is.
    func restart(unless goesOn: Bool) async throws -> Int {
        if goesOn, let port { return port }
        try await stop()
        return try await serve()
    }

    func stop() async throws {
        running?.cancel()
        try await running?.value
        running = nil
    }

    // MARK: People

    /// A team in which these people write.
    func makeTeam(_ name: String, members: [String]) throws {
        let database = try open()
        defer { try? database.close() }
        let team = try #require(TeamName(name))
        let people = Value.textSet(TextSet(members.map { Text($0) }))
        try database.commit(author: "test", message: "team", time: Clock.system.now()) { session in
            let values = [
                FieldValue(TeamSchema.name, .text(Text(name))), FieldValue(TeamSchema.owners, people),
                FieldValue(TeamSchema.members, people),
            ]
            try session.put(TeamSchema.collection, session.newID(TeamSchema.collection), values, in: .roster(team))
        }
    }

    func invite(
        _ person: String, port: Int, role: Role = .reader, grants: [StreamPattern] = [.all]
    ) throws -> String {
        let database = try open()
        defer { try? database.close() }
        return try Inviter(store: database, keys: AuthorityKeys.load(directory)).invite(
            Invitee(name: person, role: role, grants: grants), host: "127.0.0.1", port: port,
            expires: Clock.system.now().advanced(by: .seconds(3_600)), by: .operator("test"), at: Clock.system.now()
        ).link
    }
}

import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation
import GRDB
import Logging
import NIOCore
import Testing

@testable import AlmanacServer

/// A real authority on the loopback address, with a small data package or another.
final class LiveAuthority: Sendable {
    let directory: DataDirectory
    private let place: TemporaryDirectory

    init(package: String? = nil, founded: Instant = Clock.system.now()) throws {
        place = try TemporaryDirectory()
        directory = DataDirectory("\(place.path)/authority")
        _ = try Founding(directory: directory, name: "innovation", rootKeyPath: nil).found(now: founded)
        let small = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Fixtures/SmallPackage").standardized
        try withImporter { _ = try $0.importPackage(at: package ?? small.path, Self.circumstances("first")) }
    }

    // MARK: Serving

    /// Serves while the body runs; the body gets the port.
    func serving<Result: Sendable>(
        clock: Clock = .system, _ body: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let service = AlmanacService(
            directory: directory, settings: .init(host: "127.0.0.1", port: 0), clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onListening: {
                if let port = $0?.port { found.yield(port) }
                found.finish()
            })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { found.finish() }
                try await service.run()
            }
            do {
                let result = try await body(try #require(await ports.first { _ in true }))
                group.cancelAll()
                try? await group.waitForAll()
                return result
            } catch {
                group.cancelAll()
                throw error
            }
        }
    }

    func invite(
        _ person: String = "lea", grants: [StreamPattern] = [.all], port: Int, at now: Instant = Clock.system.now()
    ) throws -> String {
        let store = try AuthorityDatabase.open(existing: directory.database)
        defer { try? store.close() }
        return try Inviter(store: store, keys: AuthorityKeys.load(directory)).invite(
            Person(name: person, role: .reader, grants: grants), host: "127.0.0.1", port: port,
            expires: now.advanced(by: .seconds(3_600)))
    }

    /// All devices of a person.
    func revoke(_ person: String) throws {
        let store = try AuthorityDatabase.open(existing: directory.database)
        defer { try? store.close() }
        _ = try store.revoke(nil, of: person, at: Clock.system.now())
    }

    // MARK: Changing

    /// One commit that changes one record.
    func change(_ note: String) throws { try change("key,notes\ngii-2025-beijing,\(note)\n", in: "cluster_ranks") }

    /// One commit of these rows.
    func change(_ csv: String, in table: String) throws {
        try place.write(csv, to: "change.csv")
        try withImporter {
            _ = try $0.importCSV(at: "\(place.path)/change.csv", into: table, Self.circumstances("a change"))
        }
    }

    private func withImporter(_ body: (Importer) throws -> Void) throws {
        let store = try AuthorityDatabase.open(existing: directory.database)
        defer { try? store.close() }
        try body(Importer(store: store))
    }

    private static func circumstances(_ message: String) -> Importer.Circumstances {
        Importer.Circumstances(author: "test", message: message, time: Clock.system.now())
    }

    /// The store as it is now, to be put back by ``restore(_:)``: an old backup.
    func backUp() throws -> Data {
        let path = "\(place.path)/backup"
        try FileSync.remove(path)
        let queue = try DatabaseQueue(path: directory.database)
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    func restore(_ backup: Data) throws {
        for suffix in ["-wal", "-shm"] { try FileSync.remove(directory.database + suffix) }
        try backup.write(to: URL(fileURLWithPath: directory.database))
    }

    /// A new checkpoint key under a newer delegation by the same root.
    func renewCheckpointKey(number: UInt64) throws {
        let keys = try AuthorityKeys.load(directory)
        let rootKey = try Ed25519PrivateKey(pem: String(contentsOfFile: directory.rootKey, encoding: .utf8))
        let key = try Ed25519PrivateKey()
        let now = Clock.system.now()
        let delegations = Delegations(
            dataset: keys.chain.dataset, rootKey: rootKey, from: now.advanced(by: .seconds(-60)),
            until: now.advanced(by: .seconds(3_600)))
        let chain = try delegations.chain(authority: keys.authority.certificate, checkpointKey: key.publicKey, number: number)
        try FileSync.write(Array(key.pem.utf8), to: directory.checkpointKey)
        try FileSync.write(chain.encoded, to: directory.chain)
    }
}

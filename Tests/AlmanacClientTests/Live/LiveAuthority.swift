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
        var settings = AlmanacService.Settings(host: "127.0.0.1", port: 0)
        // Beside a thousand other tests a client may wait long for its turn.
        (settings.handshakeTimeout, settings.helloTimeout) = (.seconds(120), .seconds(120))
        let service = AlmanacService(
            directory: directory, settings: settings, clock: clock,
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
            Invitee(name: person, grants: grants), host: "127.0.0.1", port: port, expires: now.advanced(by: .seconds(3_600)),
            by: .operator("test"), at: now
        ).link
    }

    /// All devices of a person.
    func revoke(_ person: String) throws {
        let store = try AuthorityDatabase.open(existing: directory.database)
        defer { try? store.close() }
        _ = try store.revoke(nil, of: person, by: .operator("test"), at: Clock.system.now())
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

    // MARK: Keys

    /// As `almanacd rotate` does it; the next number unless one is named.
    func rotate(number: UInt64? = nil, at now: Instant = Clock.system.now()) throws {
        _ = try Rotation(directory: directory, number: number).run(by: .operator("test"), at: now)
    }

    /// Keys under an older number than that of now, as a backup would bring them back.
    func fallBack(to number: UInt64) throws {
        let rootKey = try Ed25519PrivateKey(pem: String(contentsOfFile: directory.rootKey, encoding: .utf8))
        let root = try RootAuthority(
            certificate: Certificate(pem: String(contentsOfFile: directory.rootCertificate, encoding: .utf8)), key: rootKey)
        let keys = try DelegatedKeys(
            by: root, rootKey, dataset: AuthorityKeys.load(directory).chain.dataset, name: "older", number: number,
            now: Clock.system.now())
        for (path, key) in try keys.privateKeys(in: directory) { try FileSync.write(Array(key.utf8), to: path) }
        let (path, content) = try keys.certificateFile(in: directory)
        try FileSync.write(content, to: path)
        try FileSync.write(keys.chain.encoded, to: directory.chain)
    }
}

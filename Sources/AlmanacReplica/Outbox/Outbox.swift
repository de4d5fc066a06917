import AlmanacModel
import AlmanacWire
import Foundation
import GRDB

/// What this device has written: a SQLite file of its own, so that writing never waits for the replica and survives its loss.
///
/// Several processes may use it at once. Nothing in it waits for the network, or for a lock that is held for long.
public final class Outbox: Sendable {
    public let path: String
    private let queue: DatabaseQueue

    private init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    /// Opens the file, and makes it where there is none. Throws ``OutboxError``.
    public static func open(path: String) throws -> Outbox {
        try naming(path) {
            try OutboxFile.makeIfMissing(path)
            return Outbox(path: path, queue: try OutboxFile.openForWriting(path))
        }
    }

    /// Opens the file for reading, in a directory that cannot be written too; nil where nothing was ever written here.
    public static func openForReading(path: String) throws -> Outbox? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try naming(path) { Outbox(path: path, queue: try OutboxFile.openForReading(path)) }
    }

    public func close() throws { try queue.close() }

    /// From here on one that was opened for reading answers from the state that it has now, until it is closed. Writers do not wait for it.
    public func hold() throws {
        try Self.naming(path) {
            try queue.writeWithoutTransaction { database in
                try database.beginTransaction(.deferred)
                // The state is that of the first question.
                _ = try OutboxTable(database: database, path: path).lastNumber()
            }
        }
    }

    func read<Content>(_ body: (OutboxTable) throws -> Content) throws -> Content {
        try Self.naming(path) { try queue.read { try body(OutboxTable(database: $0, path: path)) } }
    }

    /// In one transaction; what it has changed is durable when this returns.
    func write<Content>(_ body: (OutboxTable) throws -> Content) throws -> Content {
        try Self.naming(path) {
            var content: Content?
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    content = try body(OutboxTable(database: database, path: path))
                    return .commit
                }
            }
            guard let content else { throw OutboxError.cannotWrite(path: path, "the transaction gave nothing") }
            return content
        }
    }

    /// Says of errors what they mean for what somebody has written.
    private static func naming<Content>(_ path: String, _ body: () throws -> Content) throws -> Content {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw OutboxError(error, path: path)
        } catch let failure as FileSync.Failure {
            throw failure.isFull ? OutboxError.full(path: path) : .cannotWrite(path: path, failure.description)
        } catch let error as ReplicaError {
            switch error {
            case .damaged(let what): throw OutboxError.damaged(path: path, what)
            case .newerFormat(let found, let known): throw OutboxError.newerFormat(path: path, found: found, known: known)
            case .notAlmanac: throw OutboxError.notAnOutbox(path: path)
            default: throw error
            }
        }
    }
}

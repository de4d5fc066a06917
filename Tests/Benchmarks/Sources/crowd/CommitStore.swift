import AlmanacModel
import AlmanacReplica
import Foundation
import GeneratedData
import NIOCore
import Programs

/// The authority's file, into which commits are made beside the server, as `almanacd import` does.
final class CommitStore {
    private let database: AuthorityDatabase
    private var generator = SystemRandomNumberGenerator()

    /// A commit that could not be made.
    struct Failure: Error {}

    init(_ bench: Bench) throws { database = try AuthorityDatabase.open(existing: bench.authority + "/authority.sqlite") }

    /// What a replica that has everything asks for, and its epoch.
    func bases() throws -> (epoch: Epoch, head: AlmanacModel.Sequence, streams: [StreamBase]) {
        let head = try database.head()
        let streams = try database.streams().map {
            StreamBase(stream: $0.name, base: head.sequence, position: Position(after: head.sequence))
        }
        return (head.epoch, head.sequence, streams)
    }

    func dataset() throws -> UniqueID { try database.head().dataset }

    /// One row of a kilobyte that does not deflate well. Returns when the commit was asked for, which is before it was durable.
    func commitKilobyte() throws -> NIODeadline {
        guard let id = RecordID(1), let note = FieldID(10) else { throw Failure() }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let text = String((0..<1_024).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
        let values = GeneratedDataset(dealCount: 100).deal(0).values.filter { $0.field != note }
        let collection = try GeneratedDataset.dealsID()
        let began = NIODeadline.now()
        let commit = try database.commit(author: "crowd", message: "a kilobyte", time: Self.now) { session in
            try session.put(collection, id, values + [FieldValue(note, .text(Text(text)))])
        }
        guard commit != nil else { throw Failure() }
        return began
    }

    private static var now: Instant { Instant(clamping: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

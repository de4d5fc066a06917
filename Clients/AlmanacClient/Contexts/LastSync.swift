import AlmanacModel
import AlmanacReplica
import Foundation

/// What the last sync that moved something began with, and what the largest of them has measured.
public struct LastSync: Hashable, Sendable {
    /// Where somebody stood who knew the replica before it; the start where there was none.
    public let before: FeedPosition
    /// What the replica held before it.
    public let streams: [StreamName]
    /// Of the largest sync: how much came in its windows.
    let measured: Measured

    /// How many entries came, and in how many bytes.
    struct Measured: Hashable, Sendable {
        let entries: Int
        let bytes: ByteCount

        /// Before anything was measured.
        static let guess = Measured(entries: 0, bytes: .zero)
    }

    private struct Stored: Codable {
        let before: String
        let streams: [String]
        let entries: Int
        let bytes: Int
    }

    /// Nil where nothing was ever moved, or the file is not what was written.
    static func read(_ path: String) throws -> LastSync? {
        try SystemFile.read(path).flatMap(decode)
    }

    /// Nil for what is not written here.
    package static func decode(_ bytes: [UInt8]) -> LastSync? {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), let before = FeedPosition(stored.before),
            stored.entries >= 0, stored.bytes >= 0
        else { return nil }
        return LastSync(
            before: before, streams: stored.streams.compactMap { StreamName($0) },
            measured: Measured(entries: stored.entries, bytes: ByteCount(stored.bytes)))
    }

    /// Durable when this returns.
    func write(to path: String) throws { try FileSync.write(encoded(), to: path) }

    package func encoded() throws -> [UInt8] {
        let stored = Stored(
            before: before.description, streams: streams.map(\.rawValue), entries: measured.entries,
            bytes: measured.bytes.rawValue)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [UInt8](try encoder.encode(stored)) + [UInt8(ascii: "\n")]
    }
}

extension LastSync.Measured {
    /// The larger sample says more.
    func joined(with new: LastSync.Measured) -> LastSync.Measured { new.entries >= entries ? new : self }

    /// Roughly what so many entries weigh on the wire.
    func estimate(of count: UInt64) -> ByteCount {
        let each = entries >= Self.sufficient ? Double(bytes.rawValue) / Double(entries) : Self.usual
        return ByteCount(Int(exactly: (Double(count) * each).rounded()) ?? Int.max)
    }

    /// Fewer say nothing about the next thousand.
    private static let sufficient = 100
    /// Bytes of a record in a starter package.
    private static let usual = 30.0
}

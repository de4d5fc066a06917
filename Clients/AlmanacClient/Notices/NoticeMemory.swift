import AlmanacCrypto
import AlmanacReplica
import Foundation

/// What this person was told, kept durably: nothing is told twice, and the last ones can be read again. Which notices they were, never
/// their words: those go with what they are about.
struct NoticeMemory: Codable, Equatable {
    /// What is told, by key: a fingerprint of what was there when it was.
    private(set) var fingerprints: [String: String] = [:]
    private(set) var last: [Told] = []

    /// That something was told.
    struct Told: Codable, Equatable {
        let time: String
        let key: String
    }

    /// So many can be read again.
    static let limit = 200

    /// Nil where nothing was ever told, or the file is not what was written.
    static func read(_ path: String) throws -> NoticeMemory? {
        try SystemFile.read(path).flatMap { try? JSONDecoder().decode(NoticeMemory.self, from: Data($0)) }
    }

    /// Durable when this returns. What is not such a file is overwritten first: it may hold words.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
        if try Self.read(path) == nil { try FileShredder.remove(path) }
        try FileSync.write(content, to: path)
    }

    /// Those of all that there is to tell which were not told like this.
    func news(among all: [Notice]) throws -> [Notice] {
        try all.filter { try fingerprints[$0.key] != Self.fingerprint($0) }
    }

    /// After these were told: what is gone is forgotten, so that it is news when it comes again.
    func telling(_ news: [Notice], of all: [Notice], at time: String) throws -> NoticeMemory {
        var memory = self
        memory.fingerprints = try Dictionary(all.map { ($0.key, try Self.fingerprint($0)) }) { first, _ in first }
        let fresh = Set(news.map(\.key))
        let kept = last.filter { memory.fingerprints[$0.key] != nil && !fresh.contains($0.key) }
        memory.last = (kept + news.map { Told(time: time, key: $0.key) }).suffix(Self.limit)
        return memory
    }

    /// The last ones that were told, the newest last, in the words of today; what is not there any more is not among them.
    func told(of all: [Notice]) -> [(time: String, notice: Notice)] {
        let known = Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
        return last.compactMap { told in known[told.key].map { (told.time, $0) } }
    }

    private static func fingerprint(_ notice: Notice) throws -> String {
        try SHA256.hash(Array(notice.state.utf8)).description
    }
}

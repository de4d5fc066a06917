import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What was written on this device, and what has become of it.
public struct OutboxBook: Sendable {
    /// In the order in which it was written.
    public let entries: [OutboxEntry]
    /// Where the replica stands; nil where there is none.
    public let cursor: Cursor?
    private let shortIDs: [UniqueID: String]

    public init(_ entries: [OutboxEntry], at cursor: Cursor?) {
        self.entries = entries
        self.cursor = cursor
        shortIDs = ShortID.all(entries.map(\.id))
    }

    public func shortID(of entry: OutboxEntry) -> String { shortIDs[entry.id] ?? ShortID.of(entry.id, among: []) }

    public func progress(of entry: OutboxEntry) -> OutboxProgress { OutboxProgress(entry, at: cursor) }

    /// Those that are not done with.
    public var open: [OutboxEntry] { entries.filter { progress(of: $0).isOpen } }

    /// The one whose id begins so. Throws ``LookupError``.
    public func find(_ text: String) throws -> OutboxEntry {
        guard let prefix = ShortID.prefix(text) else {
            throw LookupError.malformed(text, example: "a7f3", list: Self.listing)
        }
        let found = entries.filter { ShortID.digits(of: $0.id).hasPrefix(prefix) }
        guard let first = found.first else { throw LookupError.unknown(text, what: "change", list: Self.listing) }
        guard found.count == 1 else {
            throw LookupError.ambiguous(text, candidates: found.map { "\(shortID(of: $0)) (\($0.summary))" })
        }
        return first
    }

    private static let listing = "almanac outbox --all"
}

extension Context {
    /// Everything that the outbox keeps; nothing where nothing was ever written.
    public func outboxBook() throws -> OutboxBook {
        // Before the outbox: what is answered in between is then shown as under way, never as lost.
        let cursor = try ReplicaStatus.replica(of: self)?.cursor
        guard let outbox = try readOutbox() else { return OutboxBook([], at: cursor) }
        defer { try? outbox.close() }
        return OutboxBook(try outbox.entries(), at: cursor)
    }
}

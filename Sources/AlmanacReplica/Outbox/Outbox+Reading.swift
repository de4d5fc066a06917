import AlmanacModel
import AlmanacWire

extension Outbox {
    /// Everything that is kept, in order.
    public func entries() throws -> [OutboxEntry] { try read { try $0.entries("") } }

    public func entry(_ id: UniqueID) throws -> OutboxEntry? { try read { try $0.entry(id) } }

    /// Those whose id begins with these hexadecimal digits, as people write them; at most `limit`.
    public func entries(beginning prefix: String, limit: Int = 16) throws -> [OutboxEntry] {
        let digits = prefix.lowercased().filter { $0 != "-" }
        guard (1...32).contains(digits.utf8.count), digits.utf8.allSatisfy(Self.isDigit) else { return [] }
        return try read { table in
            try table.entries(
                "WHERE id BETWEEN ? AND ? ORDER BY number LIMIT ?",
                [.blob(Self.bytes(digits, filledWith: "0")), .blob(Self.bytes(digits, filledWith: "f")), .integer(Int64(limit))])
        }
    }

    /// The first and the last id that begin so.
    private static func bytes(_ digits: String, filledWith digit: Character) -> [UInt8] {
        Hex.decode(digits + String(repeating: digit, count: 32 - digits.utf8.count)) ?? []
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    public func counts() throws -> OutboxCounts { try read { try $0.counts() } }

    /// The number of the newest entry that was ever put in; zero before the first.
    public func lastNumber() throws -> Int64 { try read { try $0.lastNumber() } }

    /// What a replica that stands here does not show yet, in order: what the authority has not answered, and what it has applied after that.
    /// Where a scope is named, of these those that share something with it.
    public func pending(at cursor: Cursor?, about scope: OperationScope = .everything) throws -> [OutboxEntry] {
        try read { try $0.pending(at: cursor, about: scope) }
    }

    /// Whether there is any of these.
    public func hasPending(at cursor: Cursor?, about scope: OperationScope = .everything) throws -> Bool {
        try read { try $0.hasPending(at: cursor, about: scope) }
    }

    /// What the authority has said of this operation: the id of the record that its change of this index, from 0, has made. Nil where it
    /// has said nothing, or that change makes none.
    public func made(by id: UniqueID, index: Int) throws -> RecordID? {
        guard let entry = try entry(id), let settled = entry.settled else { return nil }
        return try entry.operation.decode().madeRecord(index, of: settled.applied.made)
    }

    /// The signed sheets with the receipts of what is kept here, by number: an ``OutboxEntry`` does not hold them.
    public func receipts() throws -> [Signed<ReceiptSheet>] { try read { try $0.sheets() } }
}

extension OutboxEntry {
    /// What the authority has said last, if it was good.
    public var settled: Settled? {
        switch state {
        case .applied(let settled): settled
        case .sent(let earlier): earlier
        case .waiting, .rejected: nil
        }
    }
}

extension Operation {
    /// Of the ids that a receipt lists, the one of the record that the change of this index makes.
    public func madeRecord(_ index: Int, of made: [RecordID]) -> RecordID? {
        guard changes.indices.contains(index), case .make = changes[index] else { return nil }
        let place = changes[..<index].count { if case .make = $0 { true } else { false } }
        return made.indices.contains(place) ? made[place] : nil
    }
}

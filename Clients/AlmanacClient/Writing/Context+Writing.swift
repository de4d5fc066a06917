import AlmanacCrypto
import AlmanacModel
import AlmanacReplica

extension Context {
    /// Puts an operation into the outbox; durable when this returns. Waits for no sync and no lock of the replica.
    public func save(_ proposal: Proposal, now: Instant) throws -> SavedChange {
        let outbox = try openOutbox()
        defer { try? outbox.close() }
        let entry = try outbox.add(proposal.draft, now: now)
        return SavedChange(
            entry: entry, audience: proposal.audience, about: proposal.about, shortID: try outbox.shortID(of: entry.id),
            outsiders: proposal.outsiders)
    }
}

extension Outbox {
    /// The first digits of an id, as many as tell it from all others here.
    public func shortID(of id: UniqueID) throws -> String {
        let start = String(ShortID.digits(of: id).prefix(ShortID.minimumDigits))
        return ShortID.of(id, among: try entries(beginning: start).map(\.id))
    }
}

extension UniqueID {
    /// For an operation that begins now.
    public static func fresh() throws -> UniqueID {
        guard let id = UniqueID(random: try SecureRandom.bytes(byteCount)) else { return try fresh() }
        return id
    }
}

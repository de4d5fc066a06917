import AlmanacModel
import AlmanacReplica

/// What was saved here, and what to say of it.
public struct SavedChange: Hashable, Sendable {
    public let entry: OutboxEntry
    public let audience: Audience?
    /// The short id of what it changes; nil where it makes something.
    public let about: String?
    /// The first digits of the operation's id, as many as tell it from everything else that was written here.
    public let shortID: String
    /// Whom the text mentions although they will not see it, by name.
    public var outsiders: [String] = []

    public var id: UniqueID { entry.id }

    /// `a7f3 saved here; 14 people of team apac will see it; not sent yet`
    public var sentence: String {
        ([about.map { "change \(shortID) of \($0) saved here" } ?? "\(shortID) saved here"]
            + (audience.map { [$0.sentence] } ?? []) + ["not sent yet"]).joined(separator: "; ")
    }

    /// What has to be known besides; nil where there is nothing.
    public var caveat: String? {
        guard let team = audience?.team, !outsiders.isEmpty else { return nil }
        let names = outsiders.map { "@\($0)" }.joined(separator: ", ")
        return "\(names) \(outsiders.count == 1 ? "does" : "do") not belong to team \(team), and will not be told"
    }

    public var members: [JSONMember] {
        [
            JSONMember("id", .string(id)), JSONMember("short_id", .string(shortID)), JSONMember("what", .string(entry.summary)),
            JSONMember("changes", .string(about)), JSONMember("state", "waiting"),
            JSONMember("mentioned_outside", .array(outsiders.map { .string($0) })),
        ] + (audience?.members ?? [])
    }
}

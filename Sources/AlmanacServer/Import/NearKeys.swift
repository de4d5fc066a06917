import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Finds the key that somebody may have meant.
struct NearKeys {
    private var keys: [CollectionID: [Text]] = [:]

    /// - Parameters:
    ///   - collection: whose records count; nil if none of them stays but the named ones.
    ///   - new: the keys that the import names.
    mutating func near(
        _ key: Text, in collection: Collection?, _ new: some Swift.Collection<Text>, _ session: CommitSession
    ) throws -> Text? {
        var near = NearText(to: key.string)
        for candidate in try collection.map({ try known($0, session) }) ?? [] { near.look(at: candidate.string) }
        for candidate in new { near.look(at: candidate.string) }
        return near.found.map { Text($0) }
    }

    private mutating func known(_ collection: Collection, _ session: CommitSession) throws -> [Text] {
        if let known = keys[collection.id] { return known }
        var known: [Text] = []
        try session.forEachRecord(of: collection.id) { record in
            if known.count < NearText.maximumCandidates { known.append(collection.key(of: record)) }
        }
        keys[collection.id] = known
        return known
    }
}

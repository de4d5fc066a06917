import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// What a request means in a replica, and what of it the replica cannot tell.
struct ChangesScope {
    let wanted: SnapshotChangeRequest
    /// Streams that are told whole, by name.
    let whole: [StreamName]
    /// Streams that are not here any more, by name.
    let left: [StreamName]
    let gaps: [String]

    init(_ request: ChangesRequest, _ snapshot: ReplicaSnapshot, _ last: LastSync?) throws {
        let counts = { (name: StreamName) in request.stream?.matches(name) ?? true }
        let held = snapshot.state.streams.map(\.name)
        let since = try Self.position(request.since, last)
        let membership = try snapshot.membership(since: since)
        // A full copy does not know what the file before it held.
        let before = request.since == .lastSync ? last?.streams ?? [] : []
        let left = Set(membership.left).union(before.filter { !held.contains($0) }).sorted()
        if case .exactly(let name)? = request.stream, !held.contains(name), !left.contains(name) {
            throw ClientError.usage("There is no stream \(name) here; almanac streams lists them.")
        }
        self.left = left.filter(counts)
        whole = membership.whole.filter(counts)
        let head = snapshot.state.cursor.sequence
        gaps = since.sequence > head ? ["The local copy is at \(head), before \(since.sequence)."] : []
        wanted = SnapshotChangeRequest(
            since: since.sequence, wholeStreams: Set(whole), streams: Set(held.filter(counts)),
            collections: request.collections.isEmpty
                ? nil : Set(try ChosenCollections(snapshot.schema).named(request.collections).map(\.id)))
    }

    private static func position(_ since: ChangesRequest.Since, _ last: LastSync?) throws -> FeedPosition {
        switch since {
        case .position(let position): return position
        case .lastSync:
            guard let last else {
                throw ClientError.usage("It is not known here what the last sync has moved: name a sequence, as in --since 0.")
            }
            return last.before
        }
    }
}

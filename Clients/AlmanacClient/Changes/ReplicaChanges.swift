import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Tells what has changed in a replica, as JSON objects, one a line: without the network, of one head, row by row.
public struct ReplicaChanges {
    private let context: Context

    public init(_ context: Context) { self.context = context }

    /// Every change is a line; the summary is for the caller to write.
    public func write(_ request: ChangesRequest, to sink: TextSink) throws -> ChangesSummary {
        // Before the snapshot: a sync in between makes the list longer, never shorter.
        let last = try LastSync.read(context.paths.lastSync)
        return try ReplicaSnapshot.read(path: context.replicaPath()) { snapshot in
            let scope = try ChangesScope(request, snapshot, last)
            var counts = (records: 0, deletions: 0)
            try snapshot.forEachChange(scope.wanted) { change in
                switch change.kind {
                case .record: counts.records += 1
                case .deletion: counts.deletions += 1
                }
                try sink(Self.line(change, snapshot.schema).text + "\n")
            }
            return ChangesSummary(
                since: scope.wanted.since, to: snapshot.state.cursor, position: snapshot.state.feed, records: counts.records,
                deletions: counts.deletions,
                streams: scope.wanted.streams.sorted(), whole: scope.whole, left: scope.left, gaps: scope.gaps)
        }
    }

    private static func line(_ change: SnapshotChange, _ schema: Schema) -> JSONValue {
        let collection = schema.collection(change.collection)
        let place = [
            JSONMember("sequence", .count(change.sequence.rawValue)), JSONMember("stream", .string(change.stream)),
            JSONMember("collection", .string(collection?.name.rawValue ?? change.collection.description)),
            JSONMember("id", .integer(change.id.rawValue)),
        ]
        switch change.kind {
        case .deletion(let key): return .message("deletion", place + [JSONMember("key", .string(key))])
        case .record(let values):
            let fields = (collection?.fields ?? []).filter { $0.type.valueType != nil }
            let members = zip(fields, values).map { JSONMember($0.name.rawValue, ExportedJSON.value($1)) }
            let key = zip(fields, members).first { $0.0.id == collection?.key }?.1.value ?? .null
            return .message("change", place + [JSONMember("key", key), JSONMember("record", .object(members))])
        }
    }
}

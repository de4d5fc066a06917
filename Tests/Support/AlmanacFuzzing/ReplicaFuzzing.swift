import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What a replica makes of a schema and of records that bytes choose, under a signature that fits: it takes them exactly, or says
/// that they do not fit.
enum ReplicaFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        let authority = try SampleAuthority()
        let folder = try FuzzFolder()
        let path = "\(folder.path)/replica.db"
        var story = RecordStory(Choices(bytes))
        var held: RecordStory?
        repeat {
            let windows = try windows(story.delta(), base: held?.head ?? .zero, head: story.head)
            let completion = try authority.completion(at: story.head, of: story.records.values)
            guard try apply(windows, completion, path, isFirst: held == nil) else { break }
            held = story
        } while !story.isOver && story.head < Sequence(48)
        // What did not fit has changed nothing.
        if let held { try check(path, held) }
    }

    private static func windows(_ changes: [RecordChange], base: Sequence, head: Sequence) throws -> [Window] {
        try WindowEncoder.encode(stream: .reference, base: base, head: head, changes: changes, level: .stored).map {
            try Window.decode(payload: $0.payload)
        }
    }

    /// Whether the replica has taken them.
    private static func apply(
        _ windows: [Window], _ completion: VerifiedCompletion, _ path: String, isFirst: Bool
    ) throws -> Bool {
        let results = windows.map { Result<Window, any Error>.success($0) }
        do {
            if isFirst {
                _ = try FirstCopy(path: path).build(results, until: completion, now: SampleAuthority.now)
            } else {
                let replica = try ReplicaDatabase.open(path: path)
                defer { try? replica.close() }
                _ = try replica.apply(results, until: completion, now: SampleAuthority.now)
            }
            return true
        } catch ReplicaError.deltaDoesNotFit { return false }
    }

    private static func check(_ path: String, _ story: RecordStory) throws {
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        let report = try replica.scrub(now: SampleAuthority.now)
        try Finding.unless(report.isRight && report.recordCount == story.records.count, "a scrub finds \(report.findings)")
        try ReplicaSnapshot.read(path: path) { try read($0, story) }
    }

    private static func read(_ snapshot: ReplicaSnapshot, _ story: RecordStory) throws {
        for collection in snapshot.schema.collections {
            let fields = collection.fields.filter { $0.type.valueType != nil }
            var count = 0
            try snapshot.forEachRow(of: collection, fields) { values in
                try Finding.unless(values.count == fields.count, "\(values.count) values in \(fields.count) fields")
                count += 1
            }
            let expected = story.records.keys.filter { $0.collection == collection.id }.count
            try Finding.unless(count == expected, "\(count) rows of \(expected) in \(collection.name)")
        }
        let request = SnapshotChangeRequest(
            since: .zero, wholeStreams: [], streams: Set(snapshot.state.streams.map(\.name)), collections: nil)
        try snapshot.forEachChange(request) { change in
            try Finding.unless(change.sequence <= story.head, "a change at \(change.sequence), after the head")
        }
    }
}

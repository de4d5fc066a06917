import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// A device with directories of its own.
struct Laptop: Sendable {
    let context: Context
    let store: ContextStore

    /// Enrols with a link.
    init(_ folder: TemporaryFolder, _ name: String, link: String) async throws {
        let home = folder.path + "/" + name
        store = ContextStore(directories: try ClientDirectories(environment: ["HOME": home]))
        let summary = try await EnrolmentSession(
            store: store, link: InvitationLink(link), device: name, name: nil, interruption: Interruption()
        ).run()
        context = summary.context
    }

    @discardableResult
    func sync(
        full: Bool = false, limit: ByteCount? = nil, report: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws -> SyncSummary {
        try await SyncSession(context, interruption: Interruption(), report: report).run(full: full, limit: limit)
    }

    /// Wants these streams from now on.
    func subscribe(_ patterns: [String]) throws {
        _ = try store.subscribe(context, to: Subscription(patterns.map { try #require(StreamPattern($0)) }))
    }

    func verify() throws { _ = try ReplicaVerification.run(context, now: SystemClock.now()) }

    func changes(since: ChangesRequest.Since, stream: String? = nil) throws -> (lines: [String], summary: ChangesSummary) {
        var lines: [String] = []
        let request = ChangesRequest(since: since, stream: stream.flatMap { StreamPattern($0) }, collections: [])
        let summary = try ReplicaChanges(context).write(request) { lines.append($0) }
        return (lines, summary)
    }

    func state() throws -> ReplicaState {
        let replica = try ReplicaDatabase.open(path: context.paths.replica)
        defer { try? replica.close() }
        return try replica.state()
    }

    /// Every row of every view, as people see them: what two copies of one state have in common.
    func contents() throws -> [String: [[RawQuery.Cell]]] {
        var contents: [String: [[RawQuery.Cell]]] = [:]
        let query = try RawQuery(path: context.paths.replica)
        for view in try rows("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name", query) {
            guard case .text(let name)? = view.first else { continue }
            contents[name] = try rows("SELECT * FROM \"\(name)\" ORDER BY id", query)
        }
        return contents
    }

    /// `collection id stream` of all records of these collections, read by SQL.
    func places(in collections: Set<String>) throws -> Set<String> {
        let query = try RawQuery(path: context.paths.replica)
        return Set(
            try collections.flatMap { name in
                try rows("SELECT id, stream FROM \"\(name)\"", query).compactMap { row in
                    if case .integer(let id)? = row.first, case .text(let stream)? = row.last {
                        "\(name) \(id) \(stream)"
                    } else {
                        nil
                    }
                }
            })
    }

    /// The keys of a collection's records.
    func keys(_ view: String) throws -> Set<String> {
        let query = try RawQuery(path: context.paths.replica)
        return Set(
            try rows("SELECT key FROM \(view)", query).compactMap { row in
                if case .text(let key)? = row.first { key } else { nil }
            })
    }

    private func rows(_ sql: String, _ query: RawQuery) throws -> [[RawQuery.Cell]] {
        var rows: [[RawQuery.Cell]] = []
        try query.run(sql, timeout: .seconds(60), columns: { _ in }) { row in
            rows.append(row)
            return true
        }
        return rows
    }
}

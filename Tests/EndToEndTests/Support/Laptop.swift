import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// A device with directories of its own.
struct Laptop {
    let context: Context

    /// Enrols with a link.
    init(_ folder: TemporaryFolder, _ name: String, link: String) async throws {
        let home = folder.path + "/" + name
        let store = ContextStore(directories: try ClientDirectories(environment: ["HOME": home]))
        let summary = try await EnrolmentSession(
            store: store, link: InvitationLink(link), device: name, name: nil, interruption: Interruption()
        ).run()
        context = summary.context
    }

    @discardableResult
    func sync(full: Bool = false) async throws -> SyncSummary {
        try await SyncSession(context, interruption: Interruption()).run(full: full)
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

    private func rows(_ sql: String, _ query: RawQuery) throws -> [[RawQuery.Cell]] {
        var rows: [[RawQuery.Cell]] = []
        try query.run(sql, timeout: .seconds(60), columns: { _ in }) { row in
            rows.append(row)
            return true
        }
        return rows
    }
}

import AlmanacModel
import Foundation
import GRDB
import Testing

@testable import AlmanacClient

/// A device with directories of its own.
final class Laptop: Sendable {
    let home: TemporaryDirectory
    let store: ContextStore

    init() throws {
        home = try TemporaryDirectory()
        store = ContextStore(directories: try ClientDirectories(environment: ["HOME": home.path]))
    }

    @discardableResult
    func enrol(
        _ link: String, name: String? = nil, interruption: Interruption = Interruption(),
        clock: @escaping @Sendable () -> Instant = SystemClock.now
    ) async throws -> EnrolmentSummary {
        try await EnrolmentSession(
            store: store, link: try InvitationLink(link), device: "laptop", name: name, interruption: interruption, clock: clock
        ).run()
    }

    func context() throws -> Context { try store.choose(option: nil, environment: [:]).context }

    /// At another port than the invitation's: a server that was started again, or something in between.
    @discardableResult
    func sync(
        port: Int, full: Bool = false, interruption: Interruption = Interruption(),
        report: @escaping @Sendable (SyncProgress) -> Void = { _ in },
        clock: @escaping @Sendable () -> Instant = SystemClock.now
    ) async throws -> SyncSummary {
        try await SyncSession(try context().at(port: port), interruption: interruption, clock: clock, report: report).run(
            full: full)
    }

    func status() throws -> ReplicaStatus {
        try ReplicaStatus.read(store.choose(option: nil, environment: [:]), now: SystemClock.now())
    }

    func verify() throws -> ReplicaVerification { try ReplicaVerification.run(context(), now: SystemClock.now()) }

    func note() throws -> String {
        let page = Page()
        var writer = JSONWriter(.lines, sink: page.sink)
        try ReplicaQuery(context()).run("SELECT notes FROM cluster_ranks WHERE key = 'gii-2025-beijing'", into: &writer)
        return page.text
    }

    /// What no program of ours would do.
    func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: context().paths.replica)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

extension Context {
    func at(port: Int) -> Context {
        Context(
            name: name, paths: paths,
            settings: ContextSettings(
                address: ServerAddress(host: "127.0.0.1", port: port), pin: settings.pin, dataset: settings.dataset,
                datasetName: settings.datasetName, person: settings.person, role: settings.role, device: settings.device,
                until: settings.until, invitation: settings.invitation))
    }
}

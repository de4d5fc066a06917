import Foundation
import GeneratedData
import Programs

/// A generated dataset with its authority, a server of it, and a device that is enrolled there.
final class Stage {
    let bench: Bench
    let rows: Int
    let store: CommitStore
    let device: EnrolledDevice
    private(set) var server: Server
    private let settings: [String: String]

    /// The server takes as many connections as it has descriptors for, and any number of operations; its other limits are the defaults.
    static let settings = [
        "ALMANACD_LIMITS_CONNECTIONS": "15000", "ALMANACD_LIMITS_OPERATIONS": "10000000", "ALMANACD_LOG_LEVEL": "notice",
    ]

    init(programs: URL?, folder: URL, rows: Int) throws {
        bench = try Bench(programs: programs, folder: folder)
        self.rows = rows
        settings = Self.settings
        try GeneratedDataset(dealCount: rows).writePackage(to: folder.appending(path: "package"))
        try bench.almanacd(["init", "--name", "Generated"])
        try bench.almanacd(["import", bench.path("package")])
        server = try Server(bench, settings: settings)
        let link = try bench.almanacd(["invite", "crowd", "--port", String(server.port)]).output
        try bench.almanac(["enrol", link.trimmingCharacters(in: .whitespacesAndNewlines)])
        device = try EnrolledDevice(home: bench.path("home"))
        store = try CommitStore(bench)
    }

    /// Another server at the same port, with other settings or the same.
    func restart(_ changes: [String: String] = [:], between: () async throws -> Void = {}) async throws {
        let port = server.port
        server.stop()
        try await between()
        server = try Server(bench, port: port, settings: settings.merging(changes) { $1 })
    }

    /// Says how the machine and the dataset are.
    var circumstances: String {
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first ?? "?"
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "\(cores) cores shared with the clients, load \(load); \(rows) deals"
    }
}

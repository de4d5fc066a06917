import ArgumentParser
import Foundation
import GeneratedData
import Programs

/// The measurement itself: a new authority in a temporary folder, one device, four syncs.
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measure, and print a table.")

    @Option(help: "How many deals.")
    var rows = GeneratedDataset.standardCount

    @Option(help: "The folder with almanacd and almanac (default: that of this program, which is built with them).")
    var programs: String?

    @Flag(help: "Leave the temporary folder where it is.")
    var keep = false

    func validate() throws {
        guard rows >= 1 else { throw ValidationError("--rows has to be at least 1") }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almanac-end-to-end-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            if !keep { try? FileManager.default.removeItem(at: folder) }
        }
        let bench = try Bench(programs: programs.map { URL(fileURLWithPath: $0) }, folder: folder)
        var table = ResultTable()
        try prepare(bench, &table)
        try measure(bench, &table)
        print(table)
        if keep { print("\nleft in \(folder.path)") }
    }

    private func prepare(_ bench: Bench, _ table: inout ResultTable) throws {
        let package = bench.path("package")
        try bench.generate([package], rows: rows)
        try bench.almanacd(["init", "--name", "Generated"])
        table.add("almanacd import, \(rows) deals", try bench.almanacd(["import", package]))
    }

    private func measure(_ bench: Bench, _ table: inout ResultTable) throws {
        let server = try Server(bench)
        defer { server.stop() }
        let relay = try Relay(to: server.port)
        let link = try bench.almanacd(["invite", "bench", "--port", String(relay.port)]).output
        func sync(_ name: String) throws {
            let (before, processorBefore) = (relay.counts, server.usage.processorSeconds)
            let usage = try bench.almanac(["sync", "--json"])
            table.add(
                name, usage, wire: relay.counts - before,
                server: ResultTable.Server(
                    processorSeconds: server.usage.processorSeconds - processorBefore, peakMemory: server.usage.peakMemory))
        }
        try bench.almanac(["enrol", link.trimmingCharacters(in: .whitespacesAndNewlines)])
        try sync("first sync")
        try sync("second sync, nothing new")
        try bench.revise(1, of: rows)
        try sync("sync after 1 changed row")
        let many = max(1, rows / 10)
        try bench.revise(many, of: rows)
        try sync("sync after \(many) changed rows")
        table.add("almanac verify", try bench.almanac(["verify", "--json"]))
    }
}

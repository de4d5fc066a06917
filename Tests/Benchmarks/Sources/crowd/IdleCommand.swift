import ArgumentParser
import Programs

/// Clients that follow a dataset in which nothing happens.
struct IdleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle", abstract: "Memory and processor time of the server for clients that follow and hear nothing.")

    @OptionGroup var options: CrowdOptions

    @Option(help: "How many clients.")
    var clients = 10_000

    @Option(help: "How long it is watched, in seconds; in 120 every client is asked once whether it is there.")
    var seconds = 120

    func run() async throws {
        try await options.withCrowd { stage, crowd in
            let usage = stage.server.usage
            // The first connections bring what the server needs once.
            try await crowd.come(clients..<clients + 10, atOnce: 10)
            let (before, spentBefore) = (usage.memory, usage.processorSeconds)
            let began = ContinuousClock.now
            try await crowd.come(0..<clients, atOnce: options.atOnce)
            let (with, arrival) = (usage.memory, ContinuousClock.now - began)
            let spent = usage.processorSeconds
            try await Task.sleep(for: .seconds(seconds))
            let (after, spentAfter) = (usage.memory, usage.processorSeconds)
            var table = FigureTable(stage)
            table.add("clients that follow", "\(crowd.tally.following - 10)", goal: "\(clients)")
            table.add("server's memory before (RSS)", Self.mebibytes(before.resident))
            table.add("with them (RSS)", Self.mebibytes(with.resident))
            table.add("after \(seconds) s (RSS)", Self.mebibytes(after.resident))
            table.add("each (RSS)", each(after.resident - before.resident), goal: "≤ 64 KiB")
            table.add("each (PSS)", each(after.proportional - before.proportional))
            table.add("share of a core while idle", "\((100 * (spentAfter - spent) / Double(seconds)).shown()) %", goal: "≤ 5 %")
            table.add("their coming took", arrival.shown)
            table.add(
                "server's processor time for each that came",
                "\((1_000 * (spent - spentBefore) / Double(clients)).shown(2)) ms")
            print(table)
            let failures = crowd.tally.takeFailures()
            if !failures.isEmpty { print("\nfailures: \(failures)") }
        }
    }

    private func each(_ bytes: Int) -> String { "\((Double(bytes) / Double(clients) / 1_024).shown()) KiB" }

    private static func mebibytes(_ bytes: Int) -> String { "\((Double(bytes) / 1_048_576).shown()) MiB" }
}

import ArgumentParser
import NIOCore
import Programs

/// A server that stops and starts again while everybody follows.
struct RestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "How long it takes until everybody follows again after a restart of the server.")

    @OptionGroup var options: CrowdOptions

    @Option(help: "How many clients.")
    var clients = 10_000

    @Option(help: "How often.")
    var times = 2

    func run() async throws {
        try await options.withCrowd { stage, crowd in
            try await crowd.come(0..<clients, atOnce: options.atOnce)
            var table = FigureTable(stage)
            for time in 1...max(1, times) {
                _ = (crowd.tally.takeArrivals(), crowd.tally.takeFailures())
                let stopping = ContinuousClock.now
                try await stage.restart { try await crowd.wait(upTo: .seconds(30)) { crowd.tally.following == 0 } }
                let (began, start) = (NIODeadline.now(), ContinuousClock.now)
                try await crowd.wait(upTo: .seconds(300)) { crowd.tally.following >= clients }
                let back = Quantiles(crowd.tally.takeArrivals().map { .nanoseconds(($0 - began).nanoseconds) })
                table.add("restart \(time): all back after", "\(back)", goal: "≤ 60 s")
                table.add("stopping and starting took", (start - stopping).shown)
                table.add("attempts that failed", "\(crowd.tally.takeFailures().values.reduce(0, +))")
            }
            print(table)
        }
    }
}

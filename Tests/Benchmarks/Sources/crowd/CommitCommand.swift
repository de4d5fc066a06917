import ArgumentParser
import NIOCore
import Programs

/// Commits that all clients are told, first when all of them read, then when some of them do not.
struct CommitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "How long a commit of a kilobyte takes to reach everybody, also beside clients that stall.")

    @OptionGroup var options: CrowdOptions

    @Option(help: "How many clients.")
    var clients = 10_000

    @Option(help: "How many of them stall.")
    var stalled = 1_000

    @Option(help: "How many commits are made each time.")
    var commits = 20

    func validate() throws {
        guard stalled < clients else { throw ValidationError("--stalled has to be less than --clients") }
    }

    func run() async throws {
        try await options.withCrowd { stage, crowd in
            let reading = 0..<clients - stalled
            try await crowd.come(0..<clients, atOnce: options.atOnce)
            let spent = stage.server.usage.processorSeconds
            let all = try await measure(stage, crowd, expected: clients)
            let cost = (stage.server.usage.processorSeconds - spent) / Double(commits)
            var table = FigureTable(stage)
            table.add("everybody (\(clients))", "\(Quantiles(all.map(\.duration)))", goal: "p99 ≤ 1 s")
            table.add("server's processor time for a commit", "\((1_000 * cost).shown(0)) ms")
            let before = Quantiles(all.filter { reading.contains($0.seat) }.map(\.duration))
            table.add("\(reading.count) of them", "\(before)")
            try await crowd.leave(reading.upperBound..<clients)
            try await crowd.come(reading.upperBound..<clients, .stalls, atOnce: options.atOnce)
            try await Task.sleep(for: .seconds(5))
            let rest = Quantiles(try await measure(stage, crowd, expected: reading.count).map(\.duration))
            table.add("the same, beside \(stalled) that stall", "\(rest)", goal: "p99 ≤ \((before.p99 * 1.1).shown)")
            print(table)
            let failures = crowd.tally.takeFailures()
            if !failures.isEmpty { print("\nfailures: \(failures)") }
        }
    }

    private typealias Delay = (seat: Int, duration: Duration)

    private func measure(_ stage: Stage, _ crowd: Crowd, expected: Int) async throws -> [Delay] {
        var delays: [Delay] = []
        for _ in 0..<commits {
            crowd.tally.forgetHeads()
            let began = try stage.store.commitKilobyte()
            try await crowd.wait(upTo: .seconds(60)) { crowd.tally.heardCount >= expected }
            delays += crowd.tally.heard.map { ($0.key, .nanoseconds(($0.value - began).nanoseconds)) }
            // Not in step with the server's looking.
            try await Task.sleep(for: .milliseconds(Int.random(in: 1_000...1_200)))
        }
        return delays
    }
}

import ArgumentParser
import Foundation
import Programs

/// A good client beside thousands of bad ones.
struct DribbleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dribble", abstract: "How long `almanac sync` takes beside connections that send a byte a second.")

    @OptionGroup var options: CrowdOptions

    @Option(help: "How many dribble: half of them a TLS handshake, half a message.")
    var clients = 5_000

    @Option(help: "How many first syncs are made before, and as many beside them.")
    var syncs = 5

    func run() async throws {
        try await options.withStage { stage in
            try await stage.restart(["ALMANACD_LIMITS_HANDSHAKES": "\(clients)"])
            let alone = try times(stage)
            try await Crowd.with(stage) { try await measure(stage, $0, alone) }
        }
    }

    private func measure(_ stage: Stage, _ crowd: Crowd, _ alone: [Duration]) async throws {
        let handshakes = HandshakeDribblers(port: crowd.port)
        let half = clients / 2
        handshakes.come(0..<half, aSecond: 500)
        try await crowd.come(half..<clients, .dribbles, atOnce: options.atOnce)
        try await crowd.wait(upTo: .seconds(60)) { handshakes.tally.open >= half * 8 / 10 }
        let spent = stage.server.usage.processorSeconds
        let began = ContinuousClock.now
        var open: [Int] = []
        var beside: [Duration] = []
        for _ in 0..<syncs {
            beside.append(try sync(stage))
            open.append(handshakes.tally.open + crowd.tally.open)
        }
        let share = (stage.server.usage.processorSeconds - spent) / (ContinuousClock.now - began).seconds
        var table = FigureTable(stage)
        table.add("first sync alone", "\(Quantiles(alone))")
        table.add(
            "beside \(open.min() ?? 0) to \(open.max() ?? 0) that dribble", "\(Quantiles(beside))",
            goal: "median ≤ \((Quantiles(alone).median * 2).shown)")
        table.add("share of a core that the server took meanwhile", "\((100 * share).shown(0)) %")
        print(table)
        let failures = crowd.tally.takeFailures()
        if !failures.isEmpty { print("\nfailures: \(failures)") }
        await handshakes.leave()
    }

    private func times(_ stage: Stage) throws -> [Duration] { try (0..<syncs).map { _ in try sync(stage) } }

    /// Of a device that has nothing.
    private func sync(_ stage: Stage) throws -> Duration {
        let home = stage.bench.path("home-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: stage.bench.path("home"), toPath: home)
        defer { try? FileManager.default.removeItem(atPath: home) }
        let usage = try stage.bench.almanac(["sync", "--json"], home: URL(fileURLWithPath: home).lastPathComponent)
        return .seconds(usage.seconds)
    }
}

import ArgumentParser
import Programs

/// What has waited for a month, pushed at once: until the last receipt is here, which says that everything is durable.
struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Operations a second that devices push, with their receipts.")

    @OptionGroup var options: CrowdOptions

    @Option(help: "How many operations.")
    var operations = 10_000

    @Option(help: "How many devices push them together, after one has pushed as many alone.")
    var devices = 10

    @Option(help: "How often; each time they are others.")
    var rounds = 5

    func validate() throws {
        guard (1...100).contains(devices) else { throw ValidationError("--devices goes from 1 to 100") }
        guard operations >= devices else { throw ValidationError("--operations has to be at least --devices") }
    }

    func run() async throws {
        try await options.withStage { stage in
            let senders = try await PushSender.senders(devices, at: stage)
            var table = FigureTable(stage)
            for count in Set([1, devices]).sorted() {
                for round in 1...max(1, rounds) {
                    table.add(
                        "\(operations) operations, \(count) of \(devices) devices, round \(round)",
                        try await measure(Array(senders.prefix(count)), round, stage), goal: "≥ 20,000/s")
                }
            }
            print(table)
        }
    }

    private func measure(_ senders: [PushSender], _ round: Int, _ stage: Stage) async throws -> String {
        let pushes = try senders.map { ($0, try $0.sheets(operations / senders.count, round: round)) }
        let spent = stage.server.usage.processorSeconds
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (sender, sheets) in pushes { tasks.addTask { try await sender.push(sheets) } }
            try await tasks.waitForAll()
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let count = Double(operations / senders.count * senders.count)
        let processor = 1_000_000 * (stage.server.usage.processorSeconds - spent) / count
        return "\((count / seconds).shown(0))/s, \(processor.shown(1)) µs of the server's processors each"
    }
}

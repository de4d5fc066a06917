import ArgumentParser
import Foundation
import GeneratedData

/// Measures a first sync and the syncs after it, with the real programs, over TLS on the loopback interface.
@main
struct EndToEnd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end-to-end",
        abstract: "Time, bytes and memory of syncs of a generated dataset, with the real almanacd and almanac.",
        subcommands: [Measure.self, Generate.self], defaultSubcommand: Measure.self)
}

/// Writes the generated dataset. In a process of its own: what a child process begins with counts towards its peak memory.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the generated dataset as a data package, or some revised deals as CSV.")

    @Option(help: "How many deals.")
    var rows = GeneratedDataset.standardCount

    @Option(help: "Only this many of the deals, in their first revision, as a CSV file.")
    var revise: Int?

    @Argument(help: "Where to.")
    var path: String

    func validate() throws {
        guard rows >= 1, revise.map({ (1...rows).contains($0) }) ?? true else { throw ValidationError("too few rows") }
    }

    func run() throws {
        let dataset = GeneratedDataset(dealCount: rows)
        let url = URL(fileURLWithPath: path)
        if let revise {
            try dataset.writeDeals(0..<revise, revision: 1, to: url)
        } else {
            try dataset.writePackage(to: url)
        }
    }
}

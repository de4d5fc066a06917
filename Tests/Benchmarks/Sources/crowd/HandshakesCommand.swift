import ArgumentParser
import Foundation
import Programs

/// Full mutual handshakes: with almanacd, and with `openssl s_server` with the same certificates.
struct HandshakesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handshakes", abstract: "Full mutual TLS 1.3 handshakes a second, beside what openssl reaches.")

    @OptionGroup var options: CrowdOptions

    @Option(help: "How many handshakes are made each time.")
    var handshakes = 4_000

    @Option(help: "How long openssl s_time runs, in seconds.")
    var seconds = 5

    @Option(help: "How often everything is measured, in turns; the best of each counts.")
    var rounds = 3

    func run() async throws {
        try await options.withStage { stage in
            let files = try OpenSSLFiles(stage)
            var (best, bare) = (Rates(), 0.0)
            for _ in 1...max(1, rounds) {
                bare = max(bare, try OpenSSLServer.with(files) { try TimedOpenSSL.handshakesPerSecond(files, $0.port, seconds) })
                for parallel in Rates.parallel {
                    let theirs = try await OpenSSLServer.with(files) {
                        try await Handshakes(stage.device, port: Int($0.port)).run(handshakes, parallel, server: $0.usage)
                    }
                    best.add(theirs, of: "s_server", parallel)
                    let ours = try await Handshakes(stage.device, port: Int(stage.server.port))
                        .run(handshakes, parallel, server: stage.server.usage)
                    best.add(ours, of: "almanacd", parallel)
                }
            }
            print(table(stage, bare, best))
        }
    }

    private func table(_ stage: Stage, _ bare: Double, _ best: Rates) -> FigureTable {
        var table = FigureTable(stage)
        table.add("openssl s_time -new with s_server", "\(bare.shown(0))/s")
        for parallel in Rates.parallel {
            for server in ["s_server", "almanacd"] {
                guard let rate = best[server, parallel] else { continue }
                table.add(
                    "crowd with \(server), \(parallel) at a time", rate.description,
                    goal: server == "almanacd" ? "≥ \((0.9 * bare).shown(0))/s" : "")
            }
        }
        return table
    }
}

/// The best rates so far.
struct Rates {
    static let parallel = [1, 32]
    private var best: [String: Handshakes.Rate] = [:]

    subscript(server: String, parallel: Int) -> Handshakes.Rate? { best["\(server) \(parallel)"] }

    mutating func add(_ rate: Handshakes.Rate, of server: String, _ parallel: Int) {
        let key = "\(server) \(parallel)"
        if best[key].map({ $0.perSecond < rate.perSecond }) ?? true { best[key] = rate }
    }
}

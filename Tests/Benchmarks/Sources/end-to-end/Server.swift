import Foundation
import Glibc

/// A running `almanacd serve`.
final class Server {
    let port: UInt16
    private let process: pid_t

    init(_ bench: Bench) throws {
        let log = Pipe()
        let descriptor = log.fileHandleForWriting.fileDescriptor
        process = try Program(
            path: bench.program("almanacd"), arguments: ["serve", "--port", "0"] + bench.serverArguments, environment: [:]
        ).start(output: descriptor, error: descriptor)
        try log.fileHandleForWriting.close()
        guard let port = Self.port(log.fileHandleForReading) else {
            kill(process, SIGTERM)
            throw Program.Failure(description: "almanacd serve does not say where it listens")
        }
        self.port = port
        // Its log has to go somewhere for as long as it runs.
        let rest = log.fileHandleForReading
        Thread { while !rest.availableData.isEmpty {} }.start()
    }

    /// `… serving address=[IPv4]127.0.0.1/127.0.0.1:40123 …`
    private static func port(_ log: FileHandle) -> UInt16? {
        var text = ""
        while true {
            let data = log.availableData
            guard !data.isEmpty else { return nil }
            text += String(decoding: data, as: UTF8.self)
            guard let address = text.firstMatch(of: /serving\ address=\S*:(\d+)\s/) else { continue }
            return UInt16(address.output.1)
        }
    }

    /// The highest resident memory so far, in bytes: VmHWM of `/proc`.
    var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        guard let line = status.firstMatch(of: /VmHWM:\s+(\d+) kB/), let kibibytes = Int(line.output.1) else { return 0 }
        return kibibytes * 1_024
    }

    /// User and system so far: fields 14 and 15 of `/proc/PID/stat`.
    var processorSeconds: Double {
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The second field is a name in parentheses, which may hold anything.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    func stop() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}

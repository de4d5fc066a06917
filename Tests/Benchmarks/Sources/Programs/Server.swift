import Foundation
import Glibc

/// A running `almanacd serve`.
public final class Server {
    public let port: UInt16
    public let usage: ProcessUsage
    private let process: pid_t

    /// Settings are those of a configuration file, as the environment names them; port 0 is any. Its log is added to `server.log`.
    public init(_ bench: Bench, port: UInt16 = 0, settings: [String: String] = [:]) throws {
        let output = Pipe()
        let descriptor = output.fileHandleForWriting.fileDescriptor
        process = try Program(
            path: bench.program("almanacd"), arguments: ["serve", "--port", String(port)] + bench.serverArguments,
            environment: settings
        ).start(output: descriptor, error: descriptor)
        usage = ProcessUsage(process)
        try output.fileHandleForWriting.close()
        let log = ServerLog(output.fileHandleForReading, copy: bench.path("server.log"))
        guard let port = log.port() else {
            kill(process, SIGTERM)
            throw Program.Failure(description: "almanacd serve does not say where it listens: \(log.text)")
        }
        self.port = port
        log.drain()
    }

    /// In good order, or at once.
    public func stop(_ signal: Int32 = SIGTERM) {
        kill(process, signal)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}

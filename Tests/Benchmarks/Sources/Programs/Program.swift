import CSpawn
import Foundation
import Glibc

/// What a finished process took.
public struct Usage {
    public let output: String
    public let seconds: Double
    /// User and system.
    public let processorSeconds: Double
    /// The highest resident memory, in bytes.
    public let peakMemory: Int
}

/// One run of a program, to its end.
public struct Program {
    let path: String
    let arguments: [String]
    /// All of it.
    let environment: [String: String]

    public init(path: String, arguments: [String], environment: [String: String]) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
    }

    /// It could not be started, or did not end with status 0.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    public func run() throws -> Usage {
        let pipe = Pipe()
        let began = ContinuousClock.now
        let process = try start(output: pipe.fileHandleForWriting.fileDescriptor, error: STDERR_FILENO)
        try pipe.fileHandleForWriting.close()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        let usage = try wait(for: process)
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        return Usage(
            output: String(decoding: output, as: UTF8.self), seconds: seconds,
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime), peakMemory: usage.ru_maxrss * 1_024)
    }

    /// Starts the program and returns its process id.
    public func start(output: Int32, error: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)
        // Thousands of sockets are nobody else's.
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, nil, words, variables)
        guard code == 0 else { throw Failure(description: "\(path): \(String(cString: strerror(code)))") }
        return process
    }

    private func wait(for process: pid_t) throws -> rusage {
        var (status, usage): (Int32, rusage) = (0, rusage())
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw Failure(description: "wait4: \(String(cString: strerror(errno)))") }
        }
        guard status == 0 else { throw Failure(description: "\(path) \(arguments.first ?? "") ended with status \(status)") }
        return usage
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
}

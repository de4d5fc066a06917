import Dispatch
import Foundation
import Glibc
import Synchronization

/// The real `almanacd`, which stands beside the tests; its output goes to files of the test's folder.
final class Program: Sendable {
    struct Outcome: Sendable {
        /// The exit code, or minus the number of the signal.
        let status: Int32
        let output: String
        let error: String
    }

    /// The process; nil once it has been waited for: then the number may be somebody else's.
    private let process: Mutex<pid_t?>
    private let outputPath: String
    private let errorPath: String

    /// Starts it with these arguments and, beside the test's own, these variables of the environment.
    init(_ arguments: [String], _ environment: [String: String] = [:], in folder: TemporaryFolder) throws {
        let name = UUID().uuidString
        (outputPath, errorPath) = ("\(folder.path)/\(name).out", "\(folder.path)/\(name).err")
        process = Mutex(try Self.spawn([Self.path()] + arguments, environment, outputPath, errorPath))
    }

    deinit { stop(SIGKILL) }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], _ environment: [String: String] = [:], in folder: TemporaryFolder
    ) async throws -> Outcome {
        try await Program(arguments, environment, in: folder).outcome()
    }

    func stop(_ signal: Int32 = SIGTERM) {
        process.withLock { if let process = $0 { _ = kill(process, signal) } }
    }

    /// What it has said so far on stderr.
    var errorSoFar: String { Self.content(errorPath) }

    func outcome() async -> Outcome {
        let status = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: self.wait()) }
        }
        return Outcome(status: status, output: Self.content(outputPath), error: Self.content(errorPath))
    }

    /// Waits outside the lock, and reaps inside it.
    private func wait() -> Int32 {
        guard let child = process.withLock({ $0 }) else { return .min }
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return process.withLock { process in
            var status: Int32 = 0
            waitpid(child, &status, 0)
            process = nil
            return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
        }
    }

    private static func content(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func path() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("almanacd").path
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Unexpected("\(path) has not been built") }
        return path
    }

    private static func spawn(
        _ command: [String], _ environment: [String: String], _ output: String, _ error: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT, 0o600)
        let variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ALMANACD_") }
            .merging(environment) { _, new in new }
        var arguments = command.map { strdup($0) } + [nil]
        var values = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + values { free(pointer) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, command[0], &actions, nil, &arguments, &values)
        guard result == 0 else { throw Unexpected("\(command[0]): \(String(cString: strerror(result)))") }
        return process
    }
}

import Foundation
import Glibc
import NIOConcurrencyHelpers

/// A program that was started, with pipes to it. `Foundation.Process` loses ends of children that are started at the same time.
final class ChildProcess: Sendable {
    struct CannotStart: Error { let command: [String], reason: String }

    /// What it writes, both streams, until it closes them.
    let output: AsyncStream<[UInt8]>
    private let ended: AsyncStream<Int32>
    private let input: NIOLockedValueBox<Int32?>
    /// Nil once it has ended: then the number may belong to somebody else.
    private let identifier: NIOLockedValueBox<pid_t?>

    init(_ command: [String], in directory: URL) throws {
        let (childInput, parentInput) = try Self.makePipe()
        let (parentOutput, childOutput) = try Self.makePipe()
        defer {
            close(childInput)
            close(childOutput)
        }
        let identifier = NIOLockedValueBox<pid_t?>(
            try Self.spawn(command, in: directory, input: childInput, output: childOutput))
        let (output, pieces) = AsyncStream.makeStream(of: [UInt8].self)
        let (ended, end) = AsyncStream.makeStream(of: Int32.self)
        (self.output, self.ended, self.identifier) = (output, ended, identifier)
        input = NIOLockedValueBox(parentInput)
        Thread.detachNewThread {
            Self.read(parentOutput) { pieces.yield($0) }
            pieces.finish()
            end.yield(Self.reap(identifier))
        }
    }

    deinit {
        endInput()
        identifier.withLockedValue { if let identifier = $0 { _ = kill(identifier, SIGTERM) } }
    }

    func send(_ text: String) {
        input.withLockedValue { descriptor in
            guard let descriptor else { return }
            let bytes = Array(text.utf8)
            _ = write(descriptor, bytes, bytes.count)
        }
    }

    func endInput() {
        input.withLockedValue {
            if let descriptor = $0 { close(descriptor) }
            $0 = nil
        }
    }

    /// Waits for its end.
    func status() async -> Int32? {
        for await status in ended { return status }
        return nil
    }

    /// A pair of sockets, because those can be hidden from other children as they are made.
    private static func makePipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw CannotStart(command: ["socketpair"], reason: String(cString: strerror(errno)))
        }
        return (ends[0], ends[1])
    }

    private static func spawn(_ command: [String], in directory: URL, input: Int32, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        var arguments = (["env", "-C", directory.path] + command).map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var identifier: pid_t = 0
        let result = posix_spawnp(&identifier, "env", &actions, nil, &arguments, environ)
        guard result == 0 else { throw CannotStart(command: command, reason: String(cString: strerror(result))) }
        return identifier
    }

    private static func read(_ descriptor: Int32, _ take: ([UInt8]) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 { take(Array(buffer[..<count])) }
        close(descriptor)
    }

    /// The exit status, or minus the number of the signal that ended it. Waits outside the lock and leaves the body for later, so
    /// that its number stays its own while somebody may still signal it.
    private static func reap(_ identifier: NIOLockedValueBox<pid_t?>) -> Int32 {
        guard let child = identifier.withLockedValue({ $0 }) else { return -1 }
        var information = siginfo_t()
        waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT)
        return identifier.withLockedValue { identifier in
            var status: Int32 = 0
            waitpid(child, &status, 0)
            identifier = nil
            return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
        }
    }
}

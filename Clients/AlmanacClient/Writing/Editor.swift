import Glibc

/// The program in which somebody writes a text.
public struct Editor: Sendable {
    /// A command of the shell, to which the file's path is added.
    public let command: String

    /// VISUAL, else EDITOR, else vi.
    public init(environment: [String: String]) {
        let chosen = [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty }
        command = chosen ?? "vi"
    }

    /// Blocks until the editor has ended. It has the terminal; Ctrl-C in it does not end this process. Throws ``WritingError/editor(_:_:)``.
    public func edit(_ path: String) throws {
        let interrupt = signal(SIGINT, SIG_IGN)
        let quit = signal(SIGQUIT, SIG_IGN)
        defer {
            signal(SIGINT, interrupt)
            signal(SIGQUIT, quit)
        }
        switch try ChildProcess.wait(for: start(path)) {
        case .exited(0): break
        case .exited(127): throw WritingError.editor(command, "was not found")
        case .exited(let status): throw WritingError.editor(command, "ended with status \(status)")
        case .killed(let signal): throw WritingError.editor(command, "was killed by signal \(signal)")
        case .notStarted(let failure): throw failure
        }
    }

    private func start(_ path: String) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        let arguments: [String] = ["sh", "-c", "\(command) \"$1\"", "sh", path]
        let strings = arguments.map { strdup($0) }
        defer { for string in strings { free(string) } }
        var child = pid_t()
        let code = posix_spawn(&child, "/bin/sh", nil, &attributes, strings + [nil], environ)
        guard code == 0 else { throw SystemFailure(call: "posix_spawn", path: "/bin/sh", code: code) }
        return child
    }
}

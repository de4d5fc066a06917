import Glibc

/// Another program, in a process group of its own: of our files it has the standard ones alone, and signals are as they are by default.
enum ChildProcess {
    static func start(_ path: String, _ arguments: [String], adding variables: [String: String]) throws -> pid_t {
        try keepFiles()
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        try check(posix_spawn_file_actions_init(&actions), path)
        defer { posix_spawn_file_actions_destroy(&actions) }
        try check(posix_spawnattr_init(&attributes), path)
        defer { posix_spawnattr_destroy(&attributes) }
        try check(posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0), path)
        try makeOrdinary(&attributes, path)
        let strings = arguments.map { strdup($0) }
        let environment = environment(adding: variables).map { strdup($0) }
        defer { for string in strings + environment { free(string) } }
        var child = pid_t()
        try check(posix_spawn(&child, path, &actions, &attributes, strings + [nil], environment + [nil]), path)
        return child
    }

    /// A connection that another program has inherited would stay open after we have closed it.
    private static func keepFiles() throws {
        for descriptor in try SystemFile.names(in: "/proc/self/fd").compactMap(Int32.init) where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// This process ignores the signals that end it in good order; what it starts must not.
    private static func makeOrdinary(_ attributes: inout posix_spawnattr_t, _ path: String) throws {
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGINT, SIGTERM, SIGPIPE, SIGHUP] { sigaddset(&defaults, signal) }
        var mask = sigset_t()
        sigemptyset(&mask)
        try check(posix_spawnattr_setsigdefault(&attributes, &defaults), path)
        try check(posix_spawnattr_setsigmask(&attributes, &mask), path)
        try check(posix_spawnattr_setpgroup(&attributes, 0), path)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
        try check(posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: Int(flags))), path)
    }

    private static func environment(adding variables: [String: String]) -> [String] {
        var all: [String] = []
        var entry = environ
        while let pointer = entry.pointee {
            let text = String(cString: pointer)
            if !variables.keys.contains(where: { text.hasPrefix("\($0)=") }) { all.append(text) }
            entry += 1
        }
        return all + variables.map { "\($0)=\($1)" }
    }

    /// Blocks.
    static func wait(for child: pid_t) throws -> StepCommand.Ending {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemFailure.last("waitpid", "/bin/sh") }
        }
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }

    private static func check(_ code: Int32, _ path: String) throws {
        guard code == 0 else { throw SystemFailure(call: "posix_spawn", path: path, code: code) }
    }
}

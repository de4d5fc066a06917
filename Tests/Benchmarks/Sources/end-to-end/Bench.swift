import Foundation

/// The programs that are measured, and the folder that they work in.
struct Bench {
    private let programs: URL
    private let own: String
    let folder: URL
    let rows: Int

    /// Without a folder of programs: where this program is.
    init(programs: URL?, folder: URL, rows: Int) throws {
        own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        self.programs = programs ?? URL(fileURLWithPath: own).deletingLastPathComponent()
        self.folder = folder
        self.rows = rows
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    var serverArguments: [String] { ["--data", path("authority")] }

    /// Runs a command of the server's program.
    @discardableResult
    func almanacd(_ arguments: [String]) throws -> Usage {
        try Program(
            path: program("almanacd"), arguments: Array(arguments.prefix(1)) + serverArguments + arguments.dropFirst(),
            environment: [:]
        ).run()
    }

    /// Runs a command of the client, whose files are all in the folder.
    @discardableResult
    func almanac(_ arguments: [String]) throws -> Usage {
        try Program(path: program("almanac"), arguments: arguments, environment: ["HOME": path("home")]).run()
    }

    /// Writes generated data, in a process of its own.
    func generate(_ arguments: [String]) throws {
        _ = try Program(path: own, arguments: ["generate", "--rows", String(rows)] + arguments, environment: [:]).run()
    }

    /// Commits a revision of so many deals.
    func revise(_ count: Int) throws {
        let file = path("revised-\(count).csv")
        try generate(["--revise", String(count), file])
        try almanacd(["import", file, "--table", "deals"])
    }

    func program(_ name: String) -> String { programs.appending(path: name).path }
}

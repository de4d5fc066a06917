import Foundation

/// The programs that are measured, and the folder that they work in.
public struct Bench: Sendable {
    /// The program that measures.
    public let own: String
    public let folder: URL
    private let programs: URL

    /// Without a folder of programs: where this program is.
    public init(programs: URL?, folder: URL) throws {
        own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        self.programs = programs ?? URL(fileURLWithPath: own).deletingLastPathComponent()
        self.folder = folder
    }

    public func path(_ name: String) -> String { folder.appending(path: name).path }

    public var authority: String { path("authority") }

    var serverArguments: [String] { ["--data", authority] }

    /// Runs a command of the server's program.
    @discardableResult
    public func almanacd(_ arguments: [String]) throws -> Usage {
        try Program(
            path: program("almanacd"), arguments: arguments + serverArguments,
            environment: [:]
        ).run()
    }

    /// Runs a command of the client, whose files are all in a folder.
    @discardableResult
    public func almanac(_ arguments: [String], home: String = "home") throws -> Usage {
        try Program(path: program("almanac"), arguments: arguments, environment: ["HOME": path(home)]).run()
    }

    func program(_ name: String) -> String { programs.appending(path: name).path }
}

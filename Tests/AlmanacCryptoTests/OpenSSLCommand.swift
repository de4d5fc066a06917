import Foundation

/// Runs the `openssl` command in a directory of its own, as a second opinion. A machine without it fails the test.
struct OpenSSLCommand: ~Copyable {
    struct Result {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    struct Failure: Error {
        let arguments: [String]
        let errors: String
    }

    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "almanac-crypto-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: directory.appending(path: name))
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: directory.appending(path: name))) }

    func readText(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    /// The output of a run that must succeed. Standard input is empty, so a prompt cannot wait.
    @discardableResult
    func run(_ arguments: String...) throws -> Result {
        let result = try attempt(arguments)
        guard result.status == 0 else { throw Failure(arguments: arguments, errors: result.errors + result.text) }
        return result
    }

    /// Output goes to files: a pipe that nobody reads yet would block a long one.
    func attempt(_ arguments: [String]) throws -> Result {
        try write([], to: "stdout")
        try write([], to: "stderr")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: directory.appending(path: "stdout"))
        process.standardError = try FileHandle(forWritingTo: directory.appending(path: "stderr"))
        try process.run()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: try read("stdout"), errors: try readText("stderr"))
    }
}

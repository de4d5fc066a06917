import Foundation

/// A running `openssl` whose output can be waited for; ended with its owner.
final class OpenSSLCommand {
    struct EndedEarly: Error { let output: String, expected: String }

    private let process: ChildProcess
    private var pieces: AsyncStream<[UInt8]>.Iterator
    private(set) var output = ""

    init(_ arguments: [String], in directory: URL) throws {
        process = try ChildProcess(["openssl"] + arguments, in: directory)
        pieces = process.output.makeAsyncIterator()
    }

    /// Waits until the output holds the text.
    func expect(_ text: String) async throws {
        while !output.contains(text) { try await readMore(expecting: text) }
    }

    /// Waits for a whole line that has the text, and gives what comes after it.
    func restOfLine(after text: String) async throws -> String {
        while true {
            if let rest = output.firstRange(of: text).map({ output[$0.upperBound...] }), let end = rest.firstIndex(of: "\n") {
                return String(rest[..<end])
            }
            try await readMore(expecting: text)
        }
    }

    func send(_ text: String) { process.send(text) }

    func endInput() { process.endInput() }

    /// Waits for the end of the output and of the process.
    func status() async -> Int32? {
        while let bytes = await pieces.next() { output += String(decoding: bytes, as: UTF8.self) }
        return await process.status()
    }

    private func readMore(expecting text: String) async throws {
        guard let bytes = await pieces.next() else { throw EndedEarly(output: output, expected: text) }
        output += String(decoding: bytes, as: UTF8.self)
    }
}

import AlmanacClient
import Glibc

/// One of the process's own streams.
struct StandardStream: Sendable {
    private let descriptor: Int32

    static let input = StandardStream(descriptor: STDIN_FILENO)
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The terminal's width in columns; nil where there is no terminal.
    var width: Int? {
        guard isTerminal else { return nil }
        if let columns = getenv("COLUMNS").flatMap({ Int(String(cString: $0)) }), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ClientError.outputFailed(String(cString: strerror(errno))) }
            rest = rest.dropFirst(count)
        }
    }

    /// Everything up to the end of the stream, at most so many bytes.
    func readAll(atMost limit: Int) throws -> String {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ClientError.usage("Standard input cannot be read: \(String(cString: strerror(errno))).")
            }
            if count == 0 { break }
            content += piece.prefix(count)
            guard content.count <= limit else { throw ClientError.usage("More than \(limit) bytes came on standard input.") }
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw ClientError.usage("Standard input is not UTF-8.")
        }
        return text
    }
}

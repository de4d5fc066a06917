import Glibc

/// A file with a text, which a person names.
public enum TextFile {
    /// All of it, at most so many bytes; a pipe is a file too.
    public static func read(_ path: String, atMost limit: Int) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure.last("open", path) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemFailure.last("read", path) }
            if count == 0 { break }
            content += piece.prefix(count)
            guard content.count <= limit else { throw ClientError.usage("The file \(path) has more than \(limit) bytes.") }
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw ClientError.usage("The file \(path) is not UTF-8.")
        }
        return text
    }
}

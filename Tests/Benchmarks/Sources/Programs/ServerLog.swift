import Foundation

/// What a server writes; it has to be read for as long as the server runs.
final class ServerLog {
    private let handle: FileHandle
    private let copy: FileHandle?
    private(set) var text = ""

    init(_ handle: FileHandle, copy path: String) {
        self.handle = handle
        if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        copy = FileHandle(forWritingAtPath: path)
        _ = try? copy?.seekToEnd()
    }

    /// Waits for `… serving address=[IPv4]127.0.0.1/127.0.0.1:40123 …`.
    func port() -> UInt16? {
        while true {
            let data = handle.availableData
            guard !data.isEmpty else { return nil }
            try? copy?.write(contentsOf: data)
            text += String(decoding: data, as: UTF8.self)
            guard let address = text.firstMatch(of: /serving\ address=\S*:(\d+)\s/) else { continue }
            return UInt16(address.output.1)
        }
    }

    /// Reads the rest, on a thread of its own.
    func drain() {
        let (handle, copy) = (handle, copy)
        Thread {
            while true {
                let data = handle.availableData
                guard !data.isEmpty else { break }
                try? copy?.write(contentsOf: data)
            }
            try? copy?.close()
        }.start()
    }
}

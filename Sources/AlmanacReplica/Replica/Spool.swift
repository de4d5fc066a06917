import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Glibc
import NIOCore

/// The windows of a pull, in the order received, until the pull is complete: a cut connection or a crash loses at most the window
/// that was under way.
///
/// The file begins with what the windows rest on; each window stands behind its length and eight bytes of its hash, so that a torn
/// end is recognised and dropped. It is not synced: what a crash takes away is fetched again.
public final class Spool {
    /// What the windows rest on. Windows for something else are of no use.
    public struct Key: Hashable, Sendable {
        public let dataset: UniqueID
        public let epoch: Epoch
        /// The replica's cursor; zero for a full copy.
        public let base: Sequence

        public init(dataset: UniqueID, epoch: Epoch, base: Sequence) {
            self.dataset = dataset
            self.epoch = epoch
            self.base = base
        }

        var bytes: [UInt8] {
            var writer = WireWriter()
            writer.fixed(Array("almanac spool 1\n".utf8))
            writer.fixed(dataset.bytes)
            writer.varint(epoch.rawValue)
            writer.varint(base.rawValue)
            return writer.bytes
        }
    }

    public let key: Key
    /// How far each stream has been received.
    public private(set) var positions: [StreamName: Position] = [:]
    /// The highest head among the windows; nil without windows.
    public private(set) var highestHead: Sequence?
    public private(set) var windowCount = 0

    private let path: String
    private let descriptor: Int32
    private var end: off_t = 0

    /// Opens the spool for this key, with the windows that are there already; anything else that stood in the file is dropped.
    public init(path: String, key: Key) throws {
        self.path = path
        self.key = key
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileSync.Failure(call: "open", path: path, code: errno) }
        try recover()
    }

    /// The key of the spool at this path; nil if there is none, or nothing that can be read.
    public static func key(at path: String) -> Key? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { Glibc.close(descriptor) }
        return key(descriptor)
    }

    private static func key(_ descriptor: Int32) -> Key? {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        var reader = WireReader(Array(bytes.prefix(max(0, count))))
        guard let magic = try? reader.fixed(16, "magic"), magic == Array("almanac spool 1\n".utf8),
            let dataset = try? reader.uniqueID("dataset"),
            let epoch = try? reader.varint("epoch"), let base = try? reader.varint("base")
        else { return nil }
        return Key(dataset: dataset, epoch: Epoch(epoch), base: Sequence(base))
    }

    deinit { Glibc.close(descriptor) }

    /// What the windows weigh.
    public var byteCount: ByteCount {
        ByteCount(max(0, Int(clamping: end) - key.bytes.count - windowCount * Self.headByteCount))
    }

    // MARK: Writing

    /// Adds a window's payload as it came. What an error leaves behind is overwritten by the next window, and dropped by the next
    /// opening.
    public func append(_ payload: [UInt8], of window: Window) throws {
        guard payload.count <= Caps.windowPayload else { throw WireError.tooLarge("window", cap: Caps.windowPayload) }
        try write(Self.head(of: payload) + payload, at: end)
        end += off_t(Self.headByteCount + payload.count)
        note(window)
    }

    /// Drops everything and begins anew.
    public func clear() throws {
        positions = [:]
        highestHead = nil
        windowCount = 0
        try check(ftruncate(descriptor, 0), "ftruncate")
        try write(key.bytes, at: 0)
        end = off_t(key.bytes.count)
    }

    /// Removes the file of a finished pull.
    public func remove() throws { try FileSync.remove(path) }

    private func note(_ window: Window) {
        positions[window.stream] = window.end
        highestHead = max(highestHead ?? .zero, window.head)
        windowCount += 1
    }

    // MARK: Reading

    /// The windows in the order received, read one at a time.
    public func windows() -> some Swift.Sequence<Result<Window, any Error>> {
        let start = off_t(key.bytes.count)
        return sequence(state: start) { [self] (offset: inout off_t) -> Result<Window, any Error>? in
            guard offset < end else { return nil }
            do {
                guard let payload = try payload(at: offset) else {
                    throw ReplicaError.damaged("the spool \(path) ends in the middle of a window")
                }
                offset += off_t(Self.headByteCount + payload.count)
                return .success(try Window.decode(payload: ByteBuffer(bytes: payload)))
            } catch {
                offset = end
                return .failure(error)
            }
        }
    }

    private func recover() throws {
        guard Self.key(descriptor) == key else { return try clear() }
        end = off_t(key.bytes.count)
        while let payload = try payload(at: end), let window = try? Window.decode(payload: ByteBuffer(bytes: payload)) {
            end += off_t(Self.headByteCount + payload.count)
            note(window)
        }
        try check(ftruncate(descriptor, end), "ftruncate")
    }

    private func payload(at offset: off_t) throws -> [UInt8]? {
        let head = try read(Self.headByteCount, at: offset)
        guard head.count == Self.headByteCount else { return nil }
        let length = head.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard length <= Caps.windowPayload else { return nil }
        let payload = try read(length, at: offset + off_t(Self.headByteCount))
        let isWhole = try payload.count == length && Self.head(of: payload) == head
        return isWhole ? payload : nil
    }

    private static let headByteCount = 12

    private static func head(of payload: [UInt8]) throws -> [UInt8] {
        let length = UInt32(clamping: payload.count)
        let hash = try SHA256.hash(payload)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + hash.bytes.prefix(8)
    }

    // MARK: System calls

    private func read(_ count: Int, at offset: off_t) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + filled }, count - filled, offset + off_t(filled))
            }
            if got < 0, errno == EINTR { continue }
            try check(Int32(clamping: got), "read")
            if got == 0 { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }

    private func write(_ bytes: [UInt8], at offset: off_t) throws {
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written, offset + off_t(written))
            }
            if put < 0, errno == EINTR { continue }
            try check(Int32(clamping: put), "write")
            written += put
        }
    }

    private func check(_ result: Int32, _ call: String) throws {
        guard result >= 0 else { throw FileSync.Failure(call: call, path: path, code: errno) }
    }
}

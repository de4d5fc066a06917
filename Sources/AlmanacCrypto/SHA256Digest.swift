/// The result of SHA-256: 32 bytes. Not for secrets: comparing takes a time that depends on the bytes.
public struct SHA256Digest: Hashable, Sendable {
    public static let byteCount = 32

    /// Four words, so that a digest costs no allocation. Not a SIMD vector: its alignment of 32 bytes is more than a task's allocator
    /// grants, and an async function that holds one then frees another pointer than it got (seen with Swift 6.3.1).
    private let words: Words

    private struct Words: Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    /// Nil unless there are exactly ``byteCount`` bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words = Words()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// Filled by `fill`, which gets exactly ``byteCount`` bytes to write.
    init(filledBy fill: (UnsafeMutablePointer<UInt8>) throws(CryptoError) -> Void) throws(CryptoError) {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.byteCount)
        defer { bytes.deallocate() }
        bytes.initialize(repeating: 0, count: Self.byteCount)
        try fill(bytes)
        words = UnsafeRawPointer(bytes).loadUnaligned(as: Words.self)
    }

    /// In order, whatever the machine's byte order: the words hold the bytes as they lie in memory.
    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }
}

extension SHA256Digest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}

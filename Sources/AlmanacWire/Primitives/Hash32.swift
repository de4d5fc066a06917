import AlmanacModel

/// A SHA-256 hash.
public struct Hash32: FixedBytes, CustomStringConvertible {
    public static let byteCount = 32
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    private init(repeating byte: UInt8) { bytes = Array(repeating: byte, count: Self.byteCount) }

    /// Stands where there is nothing to hash yet.
    public static let zero = Hash32(repeating: 0)

    public var description: String { Hex.encode(bytes) }
}

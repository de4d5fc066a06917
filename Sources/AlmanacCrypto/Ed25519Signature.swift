/// A signature by an ``Ed25519PrivateKey``.
public struct Ed25519Signature: Hashable, Sendable {
    public static let byteCount = 64

    public let bytes: [UInt8]

    /// Nil unless there are exactly ``byteCount`` bytes. Says nothing about what it signs.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}

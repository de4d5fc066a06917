/// An Ed25519 signature, or the two numbers of an ECDSA signature over P-256, 32 bytes each, big-endian.
public struct Signature64: FixedBytes {
    public static let byteCount = 64
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}

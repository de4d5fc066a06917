/// What a public key is pinned and recognised by: SHA-256 of its SubjectPublicKeyInfo in DER.
public struct KeyFingerprint: Hashable, Sendable {
    public let digest: SHA256Digest

    public init(_ digest: SHA256Digest) { self.digest = digest }

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let digest = SHA256Digest(bytes: bytes) else { return nil }
        self.digest = digest
    }

    init(subjectPublicKeyInfo: [UInt8]) throws(CryptoError) { digest = try SHA256.hash(subjectPublicKeyInfo) }

    public var bytes: [UInt8] { digest.bytes }
}

extension KeyFingerprint: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { digest.description }
}

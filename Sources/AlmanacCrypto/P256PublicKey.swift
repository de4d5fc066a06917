import COpenSSL

/// The public half of a ``P256PrivateKey``: a point of the curve P-256 in the one form that Almanac accepts.
public struct P256PublicKey: Hashable, Sendable {
    public static let byteCount = 91

    /// SubjectPublicKeyInfo (RFC 5480) in DER: the named curve and the uncompressed point, ``byteCount`` bytes.
    public let der: [UInt8]
    public let fingerprint: KeyFingerprint

    /// Refuses other curves, other encodings of the same key (its fingerprint would differ) and points off the curve.
    public init(der: [UInt8]) throws(CryptoError) {
        let attempt = Attempt("read a P-256 public key")
        defer { attempt.end() }
        guard der.count == Self.byteCount, der.starts(with: Self.prefix) else {
            throw attempt.refusal("it is not an uncompressed point of the named curve P-256")
        }
        EVP_PKEY_free(try Self.parse(der, attempt))
        self.der = der
        fingerprint = try KeyFingerprint(subjectPublicKeyInfo: der)
    }

    func handle(_ attempt: Attempt) throws(CryptoError) -> KeyHandle { KeyHandle(owning: try Self.parse(der, attempt)) }

    private static func parse(_ der: [UInt8], _ attempt: Attempt) throws(CryptoError) -> OpaquePointer {
        try attempt.decode(der, atMost: byteCount, { d2i_PUBKEY(nil, $0, $1) }, freedBy: EVP_PKEY_free)
    }

    /// SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING { uncompressed point ... } } up to the coordinates.
    private static let prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ]
}

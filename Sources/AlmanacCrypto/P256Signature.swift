import COpenSSL

/// An ECDSA signature over P-256 with SHA-256: its numbers r and s, 32 bytes each, big-endian.
public struct P256Signature: Hashable, Sendable {
    public static let byteCount = 64
    private static let half = 32

    public let bytes: [UInt8]

    /// Nil unless there are exactly ``byteCount`` bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Of the DER that OpenSSL makes.
    init(der: [UInt8], _ attempt: Attempt) throws(CryptoError) {
        let signature = try attempt.decode(der, atMost: 80, { d2i_ECDSA_SIG(nil, $0, $1) }, freedBy: ECDSA_SIG_free)
        defer { ECDSA_SIG_free(signature) }
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        let lengths = bytes.withUnsafeMutableBufferPointer { buffer in
            [ECDSA_SIG_get0_r(signature), ECDSA_SIG_get0_s(signature)].enumerated().map { index, number in
                BN_bn2binpad(number, buffer.baseAddress?.advanced(by: index * Self.half), Int32(Self.half))
            }
        }
        guard lengths == [Int32(Self.half), Int32(Self.half)] else { throw attempt.failure() }
        self.bytes = bytes
    }

    /// As OpenSSL reads it.
    func der(_ attempt: Attempt) throws(CryptoError) -> [UInt8] {
        let signature = try attempt.need(ECDSA_SIG_new())
        defer { ECDSA_SIG_free(signature) }
        let r = try attempt.need(BN_bin2bn(Array(bytes.prefix(Self.half)), Int32(Self.half), nil))
        guard let s = BN_bin2bn(Array(bytes.suffix(Self.half)), Int32(Self.half), nil) else {
            BN_free(r)
            throw attempt.failure()
        }
        // From here on the numbers are the signature's.
        guard ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            throw attempt.failure()
        }
        return try attempt.encode { i2d_ECDSA_SIG(signature, $0) }
    }
}

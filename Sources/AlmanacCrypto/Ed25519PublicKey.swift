import COpenSSL

/// The public half of an ``Ed25519PrivateKey``: what signatures are checked against.
public struct Ed25519PublicKey: Hashable, Sendable {
    public static let byteCount = 32

    public let bytes: [UInt8]

    /// Nil unless there are exactly ``byteCount`` bytes. That they are a point of the curve shows when a signature is checked.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Whether the owner of this key signed `message` in `context`. Throws only when OpenSSL could not check.
    public func verify(
        _ signature: Ed25519Signature, context: SignatureContext, message: [UInt8]
    ) throws(CryptoError) -> Bool {
        try verify(signature, signedBytes: context.signedBytes(message))
    }

    /// Plain Ed25519 (RFC 8032), without a context of ours.
    func verify(_ signature: Ed25519Signature, signedBytes: [UInt8]) throws(CryptoError) -> Bool {
        let attempt = Attempt("check an Ed25519 signature")
        defer { attempt.end() }
        let context = try attempt.need(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(context) }
        return try handle(attempt).withPointer { key throws(CryptoError) in
            try attempt.need(EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key, nil))
            return EVP_DigestVerify(context, signature.bytes, signature.bytes.count, signedBytes, signedBytes.count) == 1
        }
    }

    private func handle(_ attempt: Attempt) throws(CryptoError) -> KeyHandle {
        KeyHandle(owning: try attempt.need(EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count)))
    }
}

extension Ed25519PublicKey: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}

import COpenSSL

/// A key that signs: the root key, and the keys that it delegates to. It never appears in a description.
public struct Ed25519PrivateKey: Sendable {
    public static let seedByteCount = 32

    private static let algorithm = "ED25519"

    let handle: KeyHandle
    public let publicKey: Ed25519PublicKey

    /// A new key from OpenSSL's generator.
    public init() throws(CryptoError) {
        let attempt = Attempt("make an Ed25519 key")
        defer { attempt.end() }
        try self.init(KeyHandle.generate(Self.algorithm, attempt), attempt)
    }

    /// The key of a seed (RFC 8032 calls it the private key). Refuses any but ``seedByteCount`` bytes.
    public init(seed: [UInt8]) throws(CryptoError) {
        let attempt = Attempt("make an Ed25519 key from its seed")
        defer { attempt.end() }
        guard seed.count == Self.seedByteCount else { throw attempt.refusal("the seed has \(seed.count) bytes instead of 32") }
        let key = try attempt.need(EVP_PKEY_new_raw_private_key_ex(nil, Self.algorithm, nil, seed, seed.count))
        try self.init(KeyHandle(owning: key), attempt)
    }

    /// Reads an unencrypted PKCS #8 private key from its PEM text.
    public init(pem: String) throws(CryptoError) {
        let attempt = Attempt("read an Ed25519 private key")
        defer { attempt.end() }
        try self.init(KeyHandle.parse(pem: pem, Self.algorithm, attempt), attempt)
    }

    private init(_ handle: KeyHandle, _ attempt: Attempt) throws(CryptoError) {
        self.handle = handle
        publicKey = try handle.withPointer { key throws(CryptoError) in
            var bytes = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
            var count = bytes.count
            try attempt.need(EVP_PKEY_get_raw_public_key(key, &bytes, &count))
            return try attempt.need(Ed25519PublicKey(bytes: bytes))
        }
    }

    /// The key as PKCS #8 in PEM, unencrypted: a secret, for a file of mode 0600.
    public var pem: String {
        get throws(CryptoError) {
            let attempt = Attempt("write an Ed25519 private key")
            defer { attempt.end() }
            return try handle.pem(attempt)
        }
    }

    /// Signs `message` so that it verifies in `context` only.
    public func sign(context: SignatureContext, message: [UInt8]) throws(CryptoError) -> Ed25519Signature {
        try sign(context.signedBytes(message))
    }

    /// Plain Ed25519 (RFC 8032), without a context of ours.
    func sign(_ signedBytes: [UInt8]) throws(CryptoError) -> Ed25519Signature {
        let attempt = Attempt("sign with an Ed25519 key")
        defer { attempt.end() }
        let context = try attempt.need(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(context) }
        return try handle.withPointer { key throws(CryptoError) in
            var signature = [UInt8](repeating: 0, count: Ed25519Signature.byteCount)
            var count = signature.count
            try attempt.need(EVP_DigestSignInit_ex(context, nil, nil, nil, nil, key, nil))
            try attempt.need(EVP_DigestSign(context, &signature, &count, signedBytes, signedBytes.count))
            return try attempt.need(Ed25519Signature(bytes: signature))
        }
    }
}

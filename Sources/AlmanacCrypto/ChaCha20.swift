import COpenSSL

/// The ChaCha20 keystream (RFC 8439, section 2.4) with nonce and block counter zero, under a new key at each call.
///
/// It serves as an extendable hash here, never as a cipher: two messages under one key would share their keystream.
public final class ChaCha20 {
    public static let keyByteCount = 32
    /// What one call writes: 32 blocks of 64 bytes.
    public static let keystreamByteCount = 2_048

    private let context: OpaquePointer
    private let zeros = [UInt8](repeating: 0, count: keystreamByteCount)
    /// OpenSSL's initial vector: the block counter, then the nonce.
    private let zeroVector = [UInt8](repeating: 0, count: 16)

    public init() throws(CryptoError) {
        let attempt = Attempt("begin ChaCha20")
        defer { attempt.end() }
        let algorithm = try FetchedAlgorithm.chaCha20()
        let context = try attempt.need(EVP_CIPHER_CTX_new())
        guard EVP_EncryptInit_ex2(context, algorithm, nil, nil, nil) == 1 else {
            EVP_CIPHER_CTX_free(context)
            throw attempt.failure()
        }
        self.context = context
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// The first ``keystreamByteCount`` bytes under `key`. Refuses a key that is not ``keyByteCount`` bytes long.
    public func keystream(key: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard key.count == Self.keyByteCount else {
            throw CryptoError(attempt: Self.what.description, cause: .refused("the key has \(key.count) bytes instead of 32"))
        }
        var stream = [UInt8](repeating: 0, count: Self.keystreamByteCount)
        try write(key: key, into: &stream)
        return stream
    }

    /// Reads 32 bytes, writes 2,048.
    func write(key: UnsafePointer<UInt8>, into stream: UnsafeMutablePointer<UInt8>) throws(CryptoError) {
        var written: Int32 = 0
        guard EVP_EncryptInit_ex2(context, nil, key, zeroVector, nil) == 1,
            EVP_EncryptUpdate(context, stream, &written, zeros, Int32(Self.keystreamByteCount)) == 1,
            written == Self.keystreamByteCount
        else { throw Attempt.failure(of: Self.what) }
    }

    private static let what: StaticString = "compute ChaCha20"
}

import COpenSSL

/// SHA-256 (FIPS 180-4), in pieces or at once.
public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    public init() throws(CryptoError) {
        let attempt = Attempt("begin SHA-256")
        defer { attempt.end() }
        let algorithm = try FetchedAlgorithm.sha256()
        let context = try attempt.need(EVP_MD_CTX_new())
        guard EVP_DigestInit_ex2(context, algorithm, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw attempt.failure()
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes in the next piece. No copy is made.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { throw Self.failure() }
    }

    /// Takes in the next piece.
    public mutating func update(_ bytes: [UInt8]) throws(CryptoError) {
        guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { throw Self.failure() }
    }

    /// The digest of all pieces since the beginning or the last call; the next piece begins a new one.
    public mutating func finish() throws(CryptoError) -> SHA256Digest {
        let digest = try SHA256Digest { bytes throws(CryptoError) in try write(into: bytes) }
        try restart()
        return digest
    }

    /// Forgets the pieces so far.
    func restart() throws(CryptoError) {
        guard EVP_DigestInit_ex2(context, nil, nil) == 1 else { throw Self.failure() }
    }

    /// Writes the 32 bytes of the digest. Then comes ``restart()``.
    func write(into bytes: UnsafeMutablePointer<UInt8>) throws(CryptoError) {
        guard EVP_DigestFinal_ex(context, bytes, nil) == 1 else { throw Self.failure() }
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> SHA256Digest {
        var hash = try SHA256()
        try hash.update(bytes)
        return try hash.finish()
    }

    public static func hash(_ bytes: [UInt8]) throws(CryptoError) -> SHA256Digest {
        var hash = try SHA256()
        try hash.update(bytes)
        return try hash.finish()
    }

    private static func failure() -> CryptoError { Attempt.failure(of: "compute SHA-256") }
}

import COpenSSL

/// Algorithms looked up once: OpenSSL's own lookup by name takes locks and costs more than hashing a record.
enum FetchedAlgorithm {
    static func sha256() throws(CryptoError) -> OpaquePointer { try sha256Lookup.get().pointer }
    static func chaCha20() throws(CryptoError) -> OpaquePointer { try chaCha20Lookup.get().pointer }

    private static let sha256Lookup = lookup("find SHA-256 in OpenSSL") { EVP_MD_fetch(nil, "SHA2-256", nil) }
    private static let chaCha20Lookup = lookup("find ChaCha20 in OpenSSL") { EVP_CIPHER_fetch(nil, "ChaCha20", nil) }

    private static func lookup(_ what: StaticString, _ fetch: () -> OpaquePointer?) -> Result<Fetched, CryptoError> {
        let attempt = Attempt(what)
        defer { attempt.end() }
        return fetch().map { .success(Fetched(pointer: $0)) } ?? .failure(attempt.failure())
    }

    /// Unchecked because the pointer is to an `EVP_MD` or `EVP_CIPHER`, which OpenSSL never changes after the lookup and counts
    /// atomically. It lives as long as the process.
    private struct Fetched: @unchecked Sendable {
        let pointer: OpaquePointer
    }
}

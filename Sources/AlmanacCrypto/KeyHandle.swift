import COpenSSL

/// Owns one of OpenSSL's keys.
///
/// Unchecked because the pointer is to an `EVP_PKEY` that nobody changes after it was made; OpenSSL allows any number of threads to
/// use such a key at once and locks its caches itself.
final class KeyHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Takes the key over.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    func withPointer<Success>(_ body: (OpaquePointer) throws(CryptoError) -> Success) throws(CryptoError) -> Success {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }

    /// Makes a new key of an algorithm, after `configure` has chosen its parameters.
    static func generate(
        _ algorithm: String, _ attempt: Attempt, configure: (OpaquePointer) -> Int32 = { _ in 1 }
    ) throws(CryptoError) -> KeyHandle {
        let context = try attempt.need(EVP_PKEY_CTX_new_from_name(nil, algorithm, nil))
        defer { EVP_PKEY_CTX_free(context) }
        try attempt.need(EVP_PKEY_keygen_init(context))
        try attempt.need(configure(context))
        var key: OpaquePointer?
        try attempt.need(EVP_PKEY_generate(context, &key))
        return KeyHandle(owning: try attempt.need(key))
    }
}

import COpenSSL

/// Owns one parsed private key.
struct PrivateKey: ~Copyable {
    let pointer: OpaquePointer

    /// Nil unless the bytes are exactly one unencrypted PKCS#8 key in DER, of a kind that OpenSSL knows.
    init?(pkcs8 der: [UInt8]) {
        let parsed = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var position = bytes.baseAddress
            guard let envelope = d2i_PKCS8_PRIV_KEY_INFO(nil, &position, bytes.count) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(envelope) }
            guard position == bytes.baseAddress.map({ $0 + bytes.count }) else { return nil }
            return EVP_PKCS82PKEY(envelope)
        }
        ERR_clear_error()
        guard let parsed else { return nil }
        pointer = parsed
    }

    deinit { EVP_PKEY_free(pointer) }
}

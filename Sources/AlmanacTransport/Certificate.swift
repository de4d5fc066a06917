import COpenSSL

/// Owns one parsed X.509 certificate.
struct Certificate: ~Copyable {
    let pointer: OpaquePointer

    /// Nil unless the bytes are exactly one certificate in DER.
    init?(der: [UInt8]) {
        let parsed = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var position = bytes.baseAddress
            guard let parsed = d2i_X509(nil, &position, bytes.count) else { return nil }
            guard position == bytes.baseAddress.map({ $0 + bytes.count }) else {
                X509_free(parsed)
                return nil
            }
            return parsed
        }
        ERR_clear_error()
        guard let parsed else { return nil }
        pointer = parsed
    }

    /// Takes over a reference that OpenSSL handed out.
    init?(owning pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { X509_free(pointer) }

    /// SubjectPublicKeyInfo in DER. Empty if OpenSSL cannot encode it, which a parsed certificate never meets short of memory.
    var publicKey: [UInt8] {
        let key = X509_get_X509_PUBKEY(pointer)
        let count = Int(i2d_X509_PUBKEY(key, nil))
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            var position = buffer.baseAddress
            written = max(0, Int(i2d_X509_PUBKEY(key, &position)))
        }
    }
}

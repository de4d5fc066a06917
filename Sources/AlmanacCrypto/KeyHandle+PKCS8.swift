import COpenSSL

extension KeyHandle {
    private static let maximumByteCount = 4_096
    private static let label = "PRIVATE KEY"

    /// Reads an unencrypted PKCS #8 private key of one algorithm, and checks that its parts belong together.
    static func parse(pkcs8 der: [UInt8], _ algorithm: String, _ attempt: Attempt) throws(CryptoError) -> KeyHandle {
        let info = try attempt.decode(
            der, atMost: maximumByteCount, { d2i_PKCS8_PRIV_KEY_INFO(nil, $0, $1) }, freedBy: PKCS8_PRIV_KEY_INFO_free)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        guard let pointer = EVP_PKCS82PKEY(info) else { throw attempt.refusal("no private key: \(attempt.failure().cause)") }
        let key = KeyHandle(owning: pointer)
        guard EVP_PKEY_is_a(pointer, algorithm) == 1 else { throw attempt.refusal("the private key is not of type \(algorithm)") }
        try key.checkConsistency(attempt)
        return key
    }

    static func parse(pem: String, _ algorithm: String, _ attempt: Attempt) throws(CryptoError) -> KeyHandle {
        let blocks = try PEM.read(pem, label: label, attempt)
        guard let block = blocks.first, blocks.count == 1 else {
            throw attempt.refusal("there are \(blocks.count) private keys instead of one")
        }
        return try parse(pkcs8: block, algorithm, attempt)
    }

    func pkcs8(_ attempt: Attempt) throws(CryptoError) -> [UInt8] {
        try withPointer { key throws(CryptoError) in
            let info = try attempt.need(EVP_PKEY2PKCS8(key))
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            return try attempt.encode { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
        }
    }

    func pem(_ attempt: Attempt) throws(CryptoError) -> String {
        try PEM.write(pkcs8(attempt), label: Self.label, attempt)
    }

    private func checkConsistency(_ attempt: Attempt) throws(CryptoError) {
        try withPointer { key throws(CryptoError) in
            let context = try attempt.need(EVP_PKEY_CTX_new_from_pkey(nil, key, nil))
            defer { EVP_PKEY_CTX_free(context) }
            guard EVP_PKEY_check(context) == 1 else { throw attempt.refusal("the private key does not fit its public key") }
        }
    }
}

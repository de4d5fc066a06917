import COpenSSL

extension P256PrivateKey {
    /// Signs `message` so that it verifies in `context` only. No two signatures are alike.
    public func sign(context: SignatureContext, message: [UInt8]) throws(CryptoError) -> P256Signature {
        let attempt = Attempt("sign with a P-256 key")
        defer { attempt.end() }
        let digest = try attempt.need(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(digest) }
        let signed = context.signedBytes(message)
        let der = try handle.withPointer { key throws(CryptoError) in
            try attempt.need(EVP_DigestSignInit_ex(digest, nil, "SHA256", nil, nil, key, nil))
            var der = [UInt8](repeating: 0, count: 80)
            var count = der.count
            try attempt.need(EVP_DigestSign(digest, &der, &count, signed, signed.count))
            return Array(der.prefix(count))
        }
        return try P256Signature(der: der, attempt)
    }
}

extension P256PublicKey {
    /// Whether the owner of this key signed `message` in `context`. Throws only when OpenSSL could not check.
    public func verify(_ signature: P256Signature, context: SignatureContext, message: [UInt8]) throws(CryptoError) -> Bool {
        let attempt = Attempt("check a P-256 signature")
        defer { attempt.end() }
        let digest = try attempt.need(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(digest) }
        let (signed, der) = (context.signedBytes(message), try signature.der(attempt))
        return try handle(attempt).withPointer { key throws(CryptoError) in
            try attempt.need(EVP_DigestVerifyInit_ex(digest, nil, "SHA256", nil, nil, key, nil))
            return EVP_DigestVerify(digest, der, der.count, signed, signed.count) == 1
        }
    }
}

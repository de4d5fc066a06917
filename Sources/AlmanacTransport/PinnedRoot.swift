import COpenSSL

/// A client's judgement of a server: its identity is the pinned root, and nothing else. There is no list of well-known
/// authorities and no check of host names: an address is only where the authority was looked for.
///
/// The server presents its root itself, self-signed. Anybody can present a root with the pinned public key; only its owner can
/// have signed it, so the signature is checked before the root becomes the one trust anchor of this handshake.
enum PinnedRoot {
    static func require(on context: OpaquePointer, for owner: TLSContext) {
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        SSL_CTX_set_cert_verify_callback(
            context, { verification, owner in PinnedRoot.verify(verification, owner) },
            Unmanaged.passUnretained(owner).toOpaque())
    }

    /// 1 if the chain verifies up to the pinned root.
    private static func verify(_ verification: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
        // The verdict alone counts; left in the queue, an error about some other certificate would fail the next call.
        defer { ERR_clear_error() }
        guard let verification, let owner, let ssl = connection(of: verification) else { return 0 }
        guard ApplicationProtocol.isAgreed(on: ssl) else {
            return refuse(verification, ssl, .noCommonProtocol, X509_V_ERR_APPLICATION_VERIFICATION)
        }
        let wanted = Unmanaged<TLSContext>.fromOpaque(owner).takeUnretainedValue()
        let roots = Roots(presented: X509_STORE_CTX_get0_untrusted(verification))
        guard let root = roots.first(where: { $0.fingerprint == wanted.pinnedRoot }) else {
            let found = roots.first.map(\.fingerprint)
            return refuse(verification, ssl, .rootDoesNotMatchPin(found: found), X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN)
        }
        let verdict = verify(verification, trusting: root.certificate)
        guard verdict == 1, let authority = wanted.authority, issuer(verification) != authority else { return verdict }
        return refuse(verification, ssl, .authorityUnknown, X509_V_ERR_APPLICATION_VERIFICATION)
    }

    private static func verify(_ verification: OpaquePointer, trusting root: OpaquePointer) -> Int32 {
        guard let anchors = almanac_x509_stack_of(root) else {
            X509_STORE_CTX_set_error(verification, X509_V_ERR_OUT_OF_MEM)
            return 0
        }
        defer { almanac_x509_stack_free(anchors) }
        X509_STORE_CTX_set0_trusted_stack(verification, anchors)
        X509_VERIFY_PARAM_set_purpose(X509_STORE_CTX_get0_param(verification), X509_PURPOSE_SSL_SERVER)
        return X509_verify_cert(verification)
    }

    /// Of the server's own certificate, in the chain that was verified.
    private static func issuer(_ verification: OpaquePointer) -> [UInt8]? {
        let chain = X509_STORE_CTX_get0_chain(verification)
        guard almanac_x509_count(chain) > 1, let certificate = almanac_x509_at(chain, 1) else { return nil }
        let count = Int(i2d_X509(certificate, nil))
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            var position = buffer.baseAddress
            written = max(0, Int(i2d_X509(certificate, &position)))
        }
    }

    /// Which alert is sent follows from `result`.
    private static func refuse(
        _ verification: OpaquePointer, _ ssl: OpaquePointer, _ error: TLSError, _ result: Int32
    ) -> Int32 {
        TLSEngine.of(ssl)?.refusal = error
        X509_STORE_CTX_set_error(verification, result)
        return 0
    }

    private static func connection(of verification: OpaquePointer) -> OpaquePointer? {
        X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx()).map(OpaquePointer.init)
    }
}

/// The certificates among those presented that are signed with the Ed25519 key that they carry. Valid as long as the handshake.
private struct Roots: Sequence, IteratorProtocol {
    let presented: OpaquePointer?
    private var index: Int32 = 0

    init(presented: OpaquePointer?) { self.presented = presented }

    var first: (certificate: OpaquePointer, fingerprint: [UInt8])? { first { _ in true } }

    mutating func next() -> (certificate: OpaquePointer, fingerprint: [UInt8])? {
        while index < almanac_x509_count(presented) {
            defer { index += 1 }
            guard let certificate = almanac_x509_at(presented, index), X509_self_signed(certificate, 1) == 1,
                let key = Self.ed25519Key(of: certificate)
            else { continue }
            return (certificate, Self.sha256(key))
        }
        return nil
    }

    private static func ed25519Key(of certificate: OpaquePointer) -> [UInt8]? {
        guard let key = X509_get0_pubkey(certificate), EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 else { return nil }
        var raw = [UInt8](repeating: 0, count: 32)
        var count = raw.count
        guard EVP_PKEY_get_raw_public_key(key, &raw, &count) == 1, count == raw.count else { return nil }
        return raw
    }

    private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: TLSContext.pinByteCount)
        guard EVP_Digest(bytes, bytes.count, &hash, nil, EVP_sha256(), nil) == 1 else { return [] }
        return hash
    }
}

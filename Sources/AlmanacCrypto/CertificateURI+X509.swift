import COpenSSL

extension CertificateURI {
    /// The only entry of the subject alternative name; nil if there are other entries, or none, or one that is refused.
    static func read(_ certificate: OpaquePointer) -> CertificateURI? {
        guard let found = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return nil }
        let names = OpaquePointer(found)
        defer { GENERAL_NAMES_free(names) }
        guard OPENSSL_sk_num(names) == 1, let entry = OPENSSL_sk_value(names, 0) else { return nil }
        var kind: Int32 = 0
        let value = GENERAL_NAME_get0_value(entry.assumingMemoryBound(to: GENERAL_NAME.self), &kind)
        guard kind == GEN_URI, let string = value?.assumingMemoryBound(to: ASN1_STRING.self) else { return nil }
        let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
        return String(validating: bytes, as: UTF8.self).flatMap { CertificateURI($0) }
    }

    func write(to certificate: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        let names = try attempt.need(GENERAL_NAMES_new())
        defer { GENERAL_NAMES_free(names) }
        let name = try attempt.need(GENERAL_NAME_new())
        guard OPENSSL_sk_push(names, name) > 0 else {
            GENERAL_NAME_free(name)
            throw attempt.failure()
        }
        let string = try attempt.need(ASN1_IA5STRING_new())
        let bytes = Array(text.utf8)
        guard ASN1_STRING_set(string, bytes, Int32(bytes.count)) == 1 else {
            ASN1_IA5STRING_free(string)
            throw attempt.failure()
        }
        GENERAL_NAME_set0_value(name, GEN_URI, string)
        try attempt.need(X509_add1_ext_i2d(certificate, NID_subject_alt_name, UnsafeMutableRawPointer(names), 0, 0))
    }
}

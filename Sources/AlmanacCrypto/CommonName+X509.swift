import COpenSSL

extension CommonName {
    /// The one common name of an X.509 name; says what is wrong if there is none, several, or one that is refused.
    init(reading name: OpaquePointer?, _ attempt: Attempt) throws(CryptoError) {
        let index = X509_NAME_get_index_by_NID(name, NID_commonName, -1)
        guard index >= 0, X509_NAME_get_index_by_NID(name, NID_commonName, index) < 0 else {
            throw attempt.refusal("it does not have exactly one common name")
        }
        let value = try attempt.need(X509_NAME_ENTRY_get_data(try attempt.need(X509_NAME_get_entry(name, index))))
        var allocated: UnsafeMutablePointer<UInt8>?
        let count = Int(ASN1_STRING_to_UTF8(&allocated, value))
        guard let allocated, count >= 0 else { throw attempt.refusal("its common name is not text") }
        defer { CRYPTO_free(allocated, #fileID, #line) }
        guard let text = String(validating: UnsafeBufferPointer(start: allocated, count: count), as: UTF8.self) else {
            throw attempt.refusal("its common name is not UTF-8")
        }
        try self.init(text)
    }

    /// Adds the common name to an X.509 name that OpenSSL owns.
    func append(to name: OpaquePointer?, _ attempt: Attempt) throws(CryptoError) {
        let bytes = Array(text.utf8)
        try attempt.need(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0))
    }
}

import COpenSSL

extension CertificateValidity {
    init(reading certificate: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        let notBefore = try Self.seconds(X509_get0_notBefore(certificate), attempt)
        let notAfter = try Self.seconds(X509_get0_notAfter(certificate), attempt)
        guard let validity = CertificateValidity(notBefore: notBefore, notAfter: notAfter) else {
            throw attempt.refusal("its validity ends before it begins")
        }
        self = validity
    }

    func write(to certificate: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        try Self.withTime(notBefore, attempt) { X509_set1_notBefore(certificate, $0) }
        try Self.withTime(notAfter, attempt) { X509_set1_notAfter(certificate, $0) }
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?, _ attempt: Attempt) throws(CryptoError) -> Int64 {
        let epoch = try attempt.need(ASN1_TIME_set(nil, 0))
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard let time, ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
            throw attempt.refusal("its validity is not a time")
        }
        return Int64(days) * 86_400 + Int64(seconds)
    }

    /// X.509 has no times after the year 9999; OpenSSL refuses those.
    private static func withTime(
        _ seconds: Int64, _ attempt: Attempt, _ set: (UnsafeMutablePointer<ASN1_TIME>) -> Int32
    ) throws(CryptoError) {
        guard let instant = time_t(exactly: seconds), let time = ASN1_TIME_set(nil, instant) else {
            throw attempt.refusal("\(seconds) s since 1970 is not a time that X.509 can write")
        }
        defer { ASN1_TIME_free(time) }
        try attempt.need(set(time))
    }
}

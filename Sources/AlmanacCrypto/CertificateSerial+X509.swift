import COpenSSL

extension CertificateSerial {
    init(reading certificate: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        let number = try attempt.need(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nil))
        defer { BN_free(number) }
        let bitCount = Int(BN_num_bits(number))
        guard BN_is_negative(number) == 0, bitCount <= 8 * Self.maximumByteCount else {
            throw attempt.refusal("its serial is negative or too long")
        }
        var bytes = [UInt8](repeating: 0, count: (bitCount + 7) / 8)
        BN_bn2bin(number, &bytes)
        guard let serial = CertificateSerial(bytes: bytes) else { throw attempt.refusal("its serial is zero or too long") }
        self = serial
    }

    func write(to certificate: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        let number = try attempt.need(BN_bin2bn(bytes, Int32(bytes.count), nil))
        defer { BN_free(number) }
        let integer = try attempt.need(BN_to_ASN1_INTEGER(number, nil))
        defer { ASN1_INTEGER_free(integer) }
        try attempt.need(X509_set_serialNumber(certificate, integer))
    }
}

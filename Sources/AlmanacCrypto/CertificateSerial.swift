/// Tells the certificates of one authority apart: a positive number, written as its bytes, the highest first.
public struct CertificateSerial: Hashable, Sendable {
    /// RFC 5280 allows 20 bytes including the sign, so the first of 20 bytes is below 0x80.
    public static let maximumByteCount = 20
    private static let randomByteCount = 16

    /// Without leading zeros, as it stands in the certificate.
    public let bytes: [UInt8]

    /// Leading zeros are dropped. Nil for zero and for a number that needs more than ``maximumByteCount`` bytes.
    public init?(bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes.drop { $0 == 0 })
        guard let first = self.bytes.first, self.bytes.count + Int(first >> 7) <= Self.maximumByteCount else { return nil }
    }

    /// A new serial of 16 random bytes: no two are ever the same.
    public static func random() throws(CryptoError) -> CertificateSerial {
        guard let serial = CertificateSerial(bytes: try SecureRandom.bytes(randomByteCount)) else {
            throw CryptoError(attempt: "draw a serial", cause: .library("the generator returned zeros only"))
        }
        return serial
    }
}

extension CertificateSerial: CustomStringConvertible {
    /// Lower-case hexadecimal digits, two a byte.
    public var description: String { Hexadecimal.encode(bytes) }
}

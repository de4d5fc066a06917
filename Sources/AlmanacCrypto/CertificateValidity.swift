/// When a certificate may be used: from a second since 1970-01-01 00:00 UTC up to another.
///
/// The last second itself is not valid any more: that is OpenSSL's rule, which decides in every handshake; RFC 5280 would include it.
public struct CertificateValidity: Hashable, Sendable {
    public let notBefore: Int64
    public let notAfter: Int64

    /// Nil if it ends before it begins.
    public init?(notBefore: Int64, notAfter: Int64) {
        guard notBefore <= notAfter else { return nil }
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// Whether two thirds of it are over: time for a new certificate.
    public func isDueForRenewal(at seconds: Int64) -> Bool { seconds >= notBefore + (notAfter - notBefore) / 3 * 2 }

    public func contains(_ seconds: Int64) -> Bool { (notBefore..<notAfter).contains(seconds) }
}

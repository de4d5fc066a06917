/// What one side of a connection proves itself with: a certificate chain and the private key of its leaf.
public struct TLSIdentity: Sendable {
    /// X.509 certificates in DER, the leaf first, each followed by its issuer. A server's chain ends with the self-signed root.
    public let certificateChain: [[UInt8]]
    /// The leaf's private key, PKCS#8 in DER, not encrypted.
    public let privateKey: [UInt8]

    /// Nothing is checked here: ``TLSContext`` refuses what it cannot read.
    public init(certificateChain: [[UInt8]], privateKey: [UInt8]) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

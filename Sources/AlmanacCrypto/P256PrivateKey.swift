import COpenSSL

/// A device's or a server's key, or that of the certificate authority below the root. It never appears in a description.
public struct P256PrivateKey: Sendable {
    private static let algorithm = "EC"

    let handle: KeyHandle
    public let publicKey: P256PublicKey

    /// A new key from OpenSSL's generator.
    public init() throws(CryptoError) {
        let attempt = Attempt("make a P-256 key")
        defer { attempt.end() }
        let handle = try KeyHandle.generate(Self.algorithm, attempt) { EVP_PKEY_CTX_set_group_name($0, "P-256") }
        try self.init(handle, attempt)
    }

    /// Reads an unencrypted PKCS #8 private key.
    public init(der: [UInt8]) throws(CryptoError) {
        let attempt = Attempt("read a P-256 private key")
        defer { attempt.end() }
        try self.init(KeyHandle.parse(pkcs8: der, Self.algorithm, attempt), attempt)
    }

    /// Reads an unencrypted PKCS #8 private key from its PEM text.
    public init(pem: String) throws(CryptoError) {
        let attempt = Attempt("read a P-256 private key")
        defer { attempt.end() }
        try self.init(KeyHandle.parse(pem: pem, Self.algorithm, attempt), attempt)
    }

    private init(_ handle: KeyHandle, _ attempt: Attempt) throws(CryptoError) {
        self.handle = handle
        let publicDER = try handle.withPointer { key throws(CryptoError) in
            try attempt.encode { i2d_PUBKEY(key, $0) }
        }
        publicKey = try P256PublicKey(der: publicDER)
    }

    /// The key as PKCS #8 in DER, unencrypted: a secret.
    public var der: [UInt8] {
        get throws(CryptoError) {
            let attempt = Attempt("write a P-256 private key")
            defer { attempt.end() }
            return try handle.pkcs8(attempt)
        }
    }

    /// The key as PKCS #8 in PEM, unencrypted: a secret, for a file of mode 0600.
    public var pem: String {
        get throws(CryptoError) {
            let attempt = Attempt("write a P-256 private key")
            defer { attempt.end() }
            return try handle.pem(attempt)
        }
    }

    /// Lends OpenSSL's key to the TLS layer, for the length of the call.
    package func withOpenSSLKey<Success>(
        _ body: (OpaquePointer) throws(CryptoError) -> Success
    ) throws(CryptoError) -> Success {
        try handle.withPointer(body)
    }
}

import AlmanacCrypto

/// Certificates, requests and keys as they come in messages and from files; the first byte says as what the rest is read.
enum CertificateFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let kind = bytes.first else { return }
        let content = Array(bytes.dropFirst())
        let text = String(decoding: content, as: UTF8.self)
        switch kind % 6 {
        case 0: try certificate(content)
        case 1: try request(content)
        case 2: for certificate in (try? Certificate.chain(pem: text)) ?? [] { try check(certificate) }
        case 3: if let key = try? P256PublicKey(der: content) { try Finding.unless(key.der == content, "a key in two forms") }
        case 4: if let key = try? P256PrivateKey(pem: text) { _ = try P256PrivateKey(pem: try key.pem) }
        default: if let key = try? Ed25519PrivateKey(pem: text) { _ = try Ed25519PrivateKey(pem: try key.pem) }
        }
    }

    private static func certificate(_ der: [UInt8]) throws {
        guard let certificate = try? Certificate(der: der) else { return }
        try Finding.unless(certificate.der == der, "a certificate in two forms")
        try check(certificate)
    }

    private static func check(_ certificate: Certificate) throws {
        try Finding.unless(try Certificate(pem: try certificate.pem) == certificate, "a certificate changes in PEM")
        if let uri = certificate.uri { try Finding.unless(CertificateURI(uri.text) == uri, "the URI \(uri)") }
        if let name = certificate.commonName { try Finding.unless(try CommonName(name.text) == name, "the name \(name)") }
        try Finding.unless(certificate.validity.notBefore <= certificate.validity.notAfter, "it ends before it begins")
    }

    private static func request(_ der: [UInt8]) throws {
        guard let request = try? CertificateSigningRequest(der: der) else { return }
        try Finding.unless(request.der == der, "a request in two forms")
        try Finding.unless(try P256PublicKey(der: request.publicKey.der) == request.publicKey, "the key of a request")
        try Finding.unless(try CommonName(request.commonName.text) == request.commonName, "the name of a request")
    }
}

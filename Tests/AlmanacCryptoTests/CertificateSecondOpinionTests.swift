import Testing

@testable import AlmanacCrypto

@Suite("The openssl command's opinion of our certificates")
struct CertificateSecondOpinionTests {
    private let authorities: Authorities

    init() throws { authorities = try Authorities() }

    private func write(_ leaf: Certificate, with openssl: borrowing OpenSSLCommand) throws {
        try openssl.write(leaf.pem, to: "leaf.pem")
        try openssl.write(authorities.authority.certificate.pem, to: "authority.pem")
        try openssl.write(authorities.root.certificate.pem, to: "root.pem")
    }

    private func verification(_ purpose: String, at seconds: Int64) -> [String] {
        [
            "verify", "-x509_strict", "-check_ss_sig", "-purpose", purpose, "-attime", String(seconds), "-CAfile", "root.pem",
            "-untrusted", "authority.pem", "leaf.pem",
        ]
    }

    @Test(
        "they verify strictly, for their own purpose and time only",
        arguments: [(LeafKind.server, "sslserver"), (.client, "sslclient")])
    func verifies(kind: LeafKind, purpose: String) throws {
        let openssl = try OpenSSLCommand()
        try write(authorities.leaf(kind), with: openssl)
        let accepted = try openssl.attempt(verification(purpose, at: Authorities.during))
        #expect(accepted.status == 0, "\(accepted.errors)")
        let other = purpose == "sslserver" ? "sslclient" : "sslserver"
        #expect(try openssl.attempt(verification(other, at: Authorities.during)).status != 0)
        #expect(try openssl.attempt(verification(purpose, at: Authorities.end + 1)).status != 0)
    }

    @Test("a leaf holds what we say, and nothing else")
    func leafText() throws {
        let openssl = try OpenSSLCommand()
        let leaf = try authorities.leaf(.client, serial: CertificateSerial(bytes: [UInt8](repeating: 0xa5, count: 16)))
        try write(leaf, with: openssl)
        let text = try openssl.run("x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "RFC2253").text
        for expected in [
            "Version: 3 (0x2)", "Issuer: CN=Almanac authority", "Subject: CN=tokyo-laptop", "ecdsa-with-SHA256",
            "a5:a5:a5:a5:a5:a5:a5:a5:a5:a5:a5:a5:a5:a5:a5:a5", "CA:FALSE", "Digital Signature\n",
            "TLS Web Client Authentication\n", "URI:almanac:device:a7f3\n", "Subject Key Identifier", "Authority Key Identifier",
        ] { #expect(text.contains(expected), "\(expected) is missing from \(text)") }
        #expect(text.ranges(of: "X509v3 ").count == 1 + 6)
        #expect(!text.contains("TLS Web Server"))
    }

    @Test("root and authority may sign certificates, to their path lengths")
    func authorityTexts() throws {
        let openssl = try OpenSSLCommand()
        try write(authorities.leaf(.server), with: openssl)
        let root = try openssl.run("x509", "-in", "root.pem", "-noout", "-text").text
        let authority = try openssl.run("x509", "-in", "authority.pem", "-noout", "-text").text
        for text in [root, authority] {
            #expect(text.contains("Signature Algorithm: ED25519"))
            #expect(text.contains("X509v3 Key Usage: critical\n                Certificate Sign\n"))
        }
        #expect(root.contains("X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:1\n"))
        #expect(authority.contains("X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0\n"))
    }

    @Test("its digest of a certificate's public key is our fingerprint")
    func fingerprint() throws {
        let openssl = try OpenSSLCommand()
        try write(authorities.leaf(.server), with: openssl)
        try openssl.run("x509", "-in", "root.pem", "-noout", "-pubkey", "-out", "public.pem")
        try openssl.run("pkey", "-pubin", "-in", "public.pem", "-outform", "DER", "-out", "public.der")
        let digest = try openssl.run("dgst", "-sha256", "-r", "public.der").text.prefix(64)
        #expect(authorities.root.certificate.publicKeyFingerprint.description == digest)
    }

    @Test("we read certificates that it made: RSA, no common name, two of them, a control character")
    func theirs() throws {
        let openssl = try OpenSSLCommand()
        for (subject, name) in [("/CN=plain", "plain"), ("/O=nobody", nil), ("/CN=a/CN=b", nil), ("/CN=a\u{1b}[2J", nil)] {
            try openssl.run(
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-subj", subject, "-days", "2", "-out",
                "their.pem")
            let certificate = try Certificate(pem: openssl.readText("their.pem"))
            #expect(certificate.commonName?.text == name)
            #expect(certificate.ed25519PublicKey == nil)
            #expect(certificate.isSelfIssued)
            #expect(certificate.validity.notAfter - certificate.validity.notBefore == 2 * 86_400)
            try certificate.verify(issuedBy: certificate)
        }
    }
}

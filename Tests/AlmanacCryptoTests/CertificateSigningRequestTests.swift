import Testing

@testable import AlmanacCrypto

@Suite("Certificate signing requests")
struct CertificateSigningRequestTests {
    @Test("come back with the key and the name they were made with")
    func roundTrip() throws {
        let key = try P256PrivateKey()
        let request = try CertificateSigningRequest(key: key, commonName: CommonName("tokyo-laptop"))
        let read = try CertificateSigningRequest(der: request.der)
        #expect(read == request)
        #expect(read.publicKey == key.publicKey)
        #expect(read.commonName.text == "tokyo-laptop")
    }

    @Test("of ours verify with the openssl command")
    func ours() throws {
        let openssl = try OpenSSLCommand()
        let request = try CertificateSigningRequest(key: P256PrivateKey(), commonName: CommonName("Zürich"))
        try openssl.write(request.der, to: "request.der")
        let result = try openssl.run("req", "-inform", "DER", "-in", "request.der", "-verify", "-noout", "-text")
        #expect((result.text + result.errors).contains("verify OK"))
        #expect(result.text.contains("Version: 1 (0x0)"))
    }

    @Test("that the openssl command made are read, with extensions that we do not honour")
    func theirs() throws {
        let openssl = try OpenSSLCommand()
        try openssl.run(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-subj",
            "/O=x/CN=theirs", "-addext", "basicConstraints=critical,CA:TRUE", "-outform", "DER", "-out", "request.der")
        let request = try CertificateSigningRequest(der: openssl.read("request.der"))
        #expect(request.commonName.text == "theirs")
        #expect(try request.publicKey == P256PrivateKey(pem: openssl.readText("key.pem")).publicKey)
    }

    @Test(
        "are refused with another key or another digest",
        arguments: [
            (["-newkey", "rsa:2048"], "P-256"),
            (["-newkey", "ed25519"], "P-256"),
            (["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"], "P-256"),
            (["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"], "P-256"),
            (["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-sha384"], "SHA-256"),
            (["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-sha1"], "SHA-256"),
        ])
    func otherAlgorithms(arguments: [String], words: String) throws {
        let openssl = try OpenSSLCommand()
        let common = ["req", "-new", "-nodes", "-keyout", "key.pem", "-subj", "/CN=x", "-outform", "DER", "-out", "request.der"]
        let result = try openssl.attempt(common + arguments)
        #expect(result.status == 0, "\(result.errors)")
        let der = try openssl.read("request.der")
        expectRefusal(words) { _ = try CertificateSigningRequest(der: der) }
    }

    @Test("are refused with another's key in them")
    func stolenKey() throws {
        let victim = try P256PrivateKey().publicKey.der
        let thief = try P256PrivateKey()
        var der = try CertificateSigningRequest(key: thief, commonName: CommonName("thief")).der
        let own = thief.publicKey.der
        let place = try #require((0...(der.count - own.count)).first { Array(der[$0..<($0 + own.count)]) == own })
        der.replaceSubrange(place..<(place + own.count), with: victim)
        let forged = der
        expectRefusal("did not sign") { _ = try CertificateSigningRequest(der: forged) }
    }

    @Test(
        "are refused with no name, two names, or a name with a control character",
        arguments: ["/O=x", "/CN=a/CN=b", "/CN=a\u{7}b"])
    func names(subject: String) throws {
        let openssl = try OpenSSLCommand()
        try openssl.run(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-subj",
            subject, "-outform", "DER", "-out", "request.der")
        let der = try openssl.read("request.der")
        expectRefusal { _ = try CertificateSigningRequest(der: der) }
    }

    @Test("THREATS 1: of 4,096 bytes are read, of 4,097 refused before they are looked at")
    func sizes() throws {
        let openssl = try OpenSSLCommand()
        func request(padding: Int) throws -> [UInt8] {
            let text = "subjectAltName=URI:a:" + String(repeating: "x", count: padding)
            try openssl.run(
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-subj",
                "/CN=x", "-addext", text, "-outform", "DER", "-out", "request.der")
            return try openssl.read("request.der")
        }
        // An ECDSA signature has 70 bytes, give or take two: the sizes come out after a few tries.
        let base = try request(padding: 3_000).count - 3_000
        var sizes: Set<Int> = []
        for attempt in 0..<200 where !sizes.isSuperset(of: [4_096, 4_097]) {
            let der = try request(padding: 4_096 - base + attempt % 2)
            sizes.insert(der.count)
            if der.count <= 4_096 {
                #expect(throws: Never.self) { try CertificateSigningRequest(der: der) }
            } else {
                expectRefusal("limit") { _ = try CertificateSigningRequest(der: der) }
            }
        }
        #expect(sizes.isSuperset(of: [4_096, 4_097]))
    }
}

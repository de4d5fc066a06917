import Testing

@testable import AlmanacCrypto

@Suite("Certificates")
struct CertificateTests {
    private let authorities: Authorities

    init() throws { authorities = try Authorities() }

    @Test("say what they were made with")
    func fields() throws {
        let key = try P256PrivateKey()
        let serial = try #require(CertificateSerial(bytes: [UInt8](1...16)))
        let leaf = try authorities.leaf(.client, key: key, name: "Zürich-手帳", serial: serial)
        #expect(leaf.commonName?.text == "Zürich-手帳")
        #expect(leaf.serial == serial)
        #expect(leaf.uri?.text == "almanac:device:a7f3")
        #expect(leaf.validity == (try Authorities.validity()))
        #expect(leaf.publicKeyFingerprint == key.publicKey.fingerprint)
        #expect(leaf.publicKeyInfo == key.publicKey.der)
        #expect(leaf.ed25519PublicKey == nil)
        #expect(!leaf.isSelfIssued)
    }

    @Test("of a root carry its Ed25519 key and issue themselves")
    func rootFields() throws {
        let key = try Ed25519PrivateKey()
        let root = try RootAuthority.make(key: key, name: CommonName("root"), validity: Authorities.validity()).certificate
        #expect(root.ed25519PublicKey == key.publicKey)
        #expect(root.isSelfIssued)
        #expect(root.uri == nil)
        try root.verify(issuedBy: root)
        #expect(try RootAuthority(certificate: root, key: key).certificate == root)
    }

    @Test(
        "keep times from 1950 to 9999, to the second",
        arguments: [-631_152_000, -1, 0, 2_524_607_999, 2_524_608_000, 253_402_300_799])
    func times(seconds: Int64) throws {
        let validity = try Authorities.validity(from: seconds, to: seconds)
        #expect(try authorities.leaf(.client, validity: validity).validity == validity)
    }

    @Test("refuse times that X.509 cannot write", arguments: [253_402_300_800, Int64.max, Int64.min])
    func impossibleTimes(seconds: Int64) throws {
        let validity = try Authorities.validity(from: seconds, to: seconds)
        expectRefusal("not a time") { _ = try authorities.leaf(.client, validity: validity) }
    }

    @Test("do not end before they begin")
    func order() {
        #expect(CertificateValidity(notBefore: 1, notAfter: 0) == nil)
        for (seconds, valid) in [(-1, false), (0, true), (1, true), (2, false)] as [(Int64, Bool)] {
            #expect(CertificateValidity(notBefore: 0, notAfter: 2)?.contains(seconds) == valid)
        }
    }

    @Test("have positive serials of at most 20 bytes with the sign")
    func serials() throws {
        #expect(CertificateSerial(bytes: [UInt8]()) == nil)
        #expect(CertificateSerial(bytes: [0, 0]) == nil)
        #expect(CertificateSerial(bytes: [UInt8](repeating: 0xff, count: 20)) == nil)
        #expect(CertificateSerial(bytes: [UInt8](repeating: 0x7f, count: 21)) == nil)
        for bytes: [UInt8] in [[0, 0, 9], [0xff, 1], [0x7f] + [UInt8](repeating: 0xff, count: 19), [1]] {
            let serial = try #require(CertificateSerial(bytes: bytes))
            #expect(try authorities.leaf(.server, serial: serial).serial == serial)
        }
        #expect(try CertificateSerial.random() != CertificateSerial.random())
        #expect(CertificateSerial(bytes: [0, 0x0a, 0xff])?.description == "0aff")
    }

    @Test("come back from PEM, alone and as a chain in order")
    func pem() throws {
        let chain = [try authorities.leaf(.server), authorities.authority.certificate, authorities.root.certificate]
        let text = try chain.map { try $0.pem }.joined()
        #expect(try Certificate.chain(pem: text) == chain)
        #expect(try Certificate(pem: chain[0].pem) == chain[0])
        expectRefusal("3 certificates") { _ = try Certificate(pem: text) }
    }

    @Test("in PEM are refused with a key among them, damaged, or missing")
    func damagedPEM() throws {
        let pem = try authorities.leaf(.server).pem
        let key = try P256PrivateKey().pem
        expectRefusal("not a \"CERTIFICATE\"") { _ = try Certificate.chain(pem: pem + key) }
        expectRefusal("damaged") { _ = try Certificate.chain(pem: pem + String(pem.dropLast(40))) }
        expectRefusal("no \"CERTIFICATE\"") { _ = try Certificate.chain(pem: "nothing") }
    }

    @Test(
        "carry no name that is empty, too long or invisible",
        arguments: [
            "", String(repeating: "a", count: 65), String(repeating: "é", count: 33), "a\u{1b}[31m", "a\nb", "a\0", "\u{7f}",
            "\u{85}", "\u{202e}abc", "a\u{200b}b", "\u{2028}", "\u{feff}",
        ])
    func names(text: String) {
        expectRefusal { _ = try CommonName(text) }
    }

    @Test(
        "carry names of up to 64 bytes",
        arguments: ["a", String(repeating: "a", count: 64), String(repeating: "é", count: 32), "A/CN=B,C+D"])
    func longNames(text: String) throws {
        #expect(try authorities.leaf(.client, name: text).commonName?.text == text)
    }

    @Test(
        "carry one URI of visible ASCII",
        arguments: [
            "", "almanac", ":x", "almanac:", "almanac:a b", "almanac:é", "a:\n", "a:" + String(repeating: "x", count: 254),
        ])
    func uris(text: String) {
        #expect(CertificateURI(text) == nil)
    }

    @Test("are not issued under a certificate with another key")
    func keysOfAuthorities() throws {
        expectRefusal("not that of the certificate") {
            _ = try CertificateAuthority(certificate: authorities.authority.certificate, key: P256PrivateKey())
        }
        expectRefusal("not that of the certificate") {
            _ = try RootAuthority(certificate: authorities.root.certificate, key: Ed25519PrivateKey())
        }
    }
}

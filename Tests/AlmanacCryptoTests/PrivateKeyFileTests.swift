import TestSupport
import Testing

@testable import AlmanacCrypto

@Suite("Private keys in files")
struct PrivateKeyFileTests {
    @Test("a P-256 key comes back from DER and PEM with the same fingerprint")
    func roundTrip() throws {
        let key = try P256PrivateKey()
        #expect(try P256PrivateKey(der: key.der).publicKey == key.publicKey)
        #expect(try P256PrivateKey(pem: key.pem).publicKey == key.publicKey)
        #expect(try P256PublicKey(der: key.publicKey.der) == key.publicKey)
        #expect(try P256PrivateKey().publicKey.fingerprint != key.publicKey.fingerprint)
    }

    @Test("the openssl command finds a P-256 key sound, and its fingerprint is the same")
    func secondOpinion() throws {
        let openssl = try OpenSSLCommand()
        let key = try P256PrivateKey()
        try openssl.write(key.pem, to: "key.pem")
        try openssl.run("pkey", "-in", "key.pem", "-check", "-noout")
        try openssl.run("pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public.der")
        #expect(try openssl.read("public.der") == key.publicKey.der)
        let digest = try openssl.run("dgst", "-sha256", "-r", "public.der").text.prefix(64)
        #expect(key.publicKey.fingerprint.description == digest)
    }

    @Test("a key of the other kind, of another curve or RSA is refused")
    func otherKinds() throws {
        let openssl = try OpenSSLCommand()
        let ed25519 = try Ed25519PrivateKey().pem
        let p256 = try P256PrivateKey().pem
        expectRefusal("not of type EC") { _ = try P256PrivateKey(pem: ed25519) }
        expectRefusal("not of type ED25519") { _ = try Ed25519PrivateKey(pem: p256) }
        try openssl.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", "p384.pem")
        try openssl.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa.pem")
        let p384 = try openssl.readText("p384.pem")
        let rsa = try openssl.readText("rsa.pem")
        expectRefusal("P-256") { _ = try P256PrivateKey(pem: p384) }
        expectRefusal("not of type EC") { _ = try P256PrivateKey(pem: rsa) }
    }

    @Test("an encrypted key is refused without asking for its password")
    func encrypted() throws {
        let openssl = try OpenSSLCommand()
        try openssl.write(P256PrivateKey().pem, to: "key.pem")
        try openssl.run("pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:secret", "-out", "encrypted.pem")
        try openssl.run("ec", "-in", "key.pem", "-aes256", "-passout", "pass:secret", "-out", "traditional.pem")
        for name in ["encrypted.pem", "traditional.pem"] {
            let text = try openssl.readText(name)
            expectRefusal("not a \"PRIVATE KEY\"") { _ = try P256PrivateKey(pem: text) }
        }
    }

    @Test("a private key beside another's public key is refused")
    func mismatch() throws {
        let key = try P256PrivateKey()
        let other = try P256PrivateKey()
        let point = Array(key.publicKey.der.suffix(64))
        var der = try key.der
        let place = try #require((0...(der.count - 64)).first { Array(der[$0..<($0 + 64)]) == point })
        der.replaceSubrange(place..<(place + 64), with: other.publicKey.der.suffix(64))
        let mixed = der
        expectRefusal("does not fit") { _ = try P256PrivateKey(der: mixed) }
    }

    @Test("a text without a key, with two, or damaged is refused")
    func damagedText() throws {
        let pem = try P256PrivateKey().pem
        expectRefusal("no \"PRIVATE KEY\"") { _ = try P256PrivateKey(pem: "") }
        expectRefusal("no \"PRIVATE KEY\"") { _ = try P256PrivateKey(pem: "hello\n") }
        expectRefusal("2 private keys") { _ = try P256PrivateKey(pem: pem + pem) }
        expectRefusal("damaged") { _ = try P256PrivateKey(pem: String(pem.dropLast(30))) }
        expectRefusal("limit") { _ = try P256PrivateKey(pem: pem + String(repeating: "\n", count: 65_536)) }
        #expect(try P256PrivateKey(pem: "a note above\n" + pem + "and below\n").publicKey == P256PrivateKey(pem: pem).publicKey)
    }

    @Test("bytes behind the DER are refused, and so is every truncation of it")
    func truncation() {
        let der = Fixtures.privateKey
        expectRefusal("follow the end") { _ = try P256PrivateKey(der: der + [0]) }
        for count in 0..<der.count { expectRefusal { _ = try P256PrivateKey(der: Array(der[..<count])) } }
    }

    @Test("20,000 damaged private keys are read or refused, never trapped on")
    func mutations() throws {
        let seed: UInt64 = 0x5eed_0003
        print("private key mutations: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let pem = Array(try Ed25519PrivateKey(seed: [UInt8](0..<32)).pem.utf8)
        var readable = 0
        for _ in 0..<10_000 {
            if (try? P256PrivateKey(der: generator.mutated(Fixtures.privateKey))) != nil { readable += 1 }
            if (try? Ed25519PrivateKey(pem: String(decoding: generator.mutated(pem), as: UTF8.self))) != nil { readable += 1 }
        }
        print("\(readable) were readable keys")
        #expect((100..<10_000).contains(readable), "the mutations no longer reach past the parser")
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("a public key has one encoding: no compressed point, no point off the curve, no other curve")
    func publicKeyEncoding() throws {
        let openssl = try OpenSSLCommand()
        let key = try P256PrivateKey()
        try openssl.write(key.pem, to: "key.pem")
        try openssl.run(
            "ec", "-in", "key.pem", "-pubout", "-conv_form", "compressed", "-outform", "DER", "-out", "compressed.der")
        let compressed = try openssl.read("compressed.der")
        expectRefusal("uncompressed") { _ = try P256PublicKey(der: compressed) }
        var offCurve = key.publicKey.der
        offCurve[90] ^= 1
        let moved = offCurve
        expectRefusal("malformed") { _ = try P256PublicKey(der: moved) }
        expectRefusal("uncompressed") { _ = try P256PublicKey(der: key.publicKey.der + [0]) }
    }
}

import Testing

@testable import AlmanacCrypto

@Suite("Ed25519")
struct Ed25519Tests {
    /// RFC 8032, section 7.1.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let seed: String
        let publicKey: String
        let message: String
        let signature: String

        var testDescription: String { name }
    }

    private static let vectors = [
        Vector(
            name: "TEST 1",
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            message: "",
            signature: """
                e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246551
                41438e7a100b
                """),
        Vector(
            name: "TEST 2",
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            message: "72",
            signature: """
                92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d
                291612bb0c00
                """),
        Vector(
            name: "TEST 3",
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: """
                6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027
                beceea1ec40a
                """),
        Vector(
            name: "TEST SHA(abc)",
            seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            message: """
                ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9a
                c94fa54ca49f
                """,
            signature: """
                dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9be
                f1177331a704
                """),
    ]

    @Test("gives RFC 8032's keys and signatures", arguments: vectors)
    func publishedSignatures(vector: Vector) throws {
        let key = try Ed25519PrivateKey(seed: hex(vector.seed))
        #expect(key.publicKey.bytes == hex(vector.publicKey))
        let signature = try key.sign(hex(vector.message))
        #expect(signature.bytes == hex(vector.signature))
        #expect(try key.publicKey.verify(signature, signedBytes: hex(vector.message)))
        #expect(try !key.publicKey.verify(signature, signedBytes: hex(vector.message) + [0]))
    }

    @Test("signs the context, a NUL byte and the message")
    func signedBytes() throws {
        let key = try Ed25519PrivateKey()
        let signature = try key.sign(context: .checkpoint, message: [1, 2])
        #expect(try key.publicKey.verify(signature, signedBytes: Array("almanac/1 checkpoint\0".utf8) + [1, 2]))
        #expect(try key.publicKey.verify(signature, context: .checkpoint, message: [1, 2]))
    }

    @Test("refuses another context, message, key and every changed bit of the signature")
    func forgeries() throws {
        let key = try Ed25519PrivateKey()
        let message = Array("the head".utf8)
        let signature = try key.sign(context: .checkpoint, message: message)
        #expect(try !key.publicKey.verify(signature, context: .delegation, message: message))
        #expect(try !key.publicKey.verify(signature, context: .checkpoint, message: message + [0]))
        #expect(try !Ed25519PrivateKey().publicKey.verify(signature, context: .checkpoint, message: message))
        for bit in 0..<512 {
            var bytes = signature.bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            let forged = try #require(Ed25519Signature(bytes: bytes))
            #expect(try !key.publicKey.verify(forged, context: .checkpoint, message: message))
        }
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("keeps its contexts apart: none is the beginning of another with its NUL byte, all are ASCII")
    func contexts() {
        let texts = SignatureContext.allCases.map(\.rawValue)
        #expect(texts == ["almanac/1 checkpoint", "almanac/1 delegation", "almanac/1 operations", "almanac/1 receipts"])
        #expect(texts.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })
    }

    @Test("is not fooled by a public key that is no point of the curve")
    func offCurve() throws {
        let signature = try Ed25519PrivateKey().sign(context: .checkpoint, message: [])
        for bytes in [[UInt8](repeating: 0xff, count: 32), [2] + [UInt8](repeating: 0, count: 31)] {
            let key = try #require(Ed25519PublicKey(bytes: bytes))
            #expect(try !key.verify(signature, context: .checkpoint, message: []))
        }
    }

    @Test("has fixed lengths")
    func lengths() {
        for count in [0, 31, 33] {
            #expect(Ed25519PublicKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
            expectRefusal("instead of 32") { _ = try Ed25519PrivateKey(seed: [UInt8](repeating: 1, count: count)) }
        }
        for count in [0, 63, 65] { #expect(Ed25519Signature(bytes: [UInt8](repeating: 1, count: count)) == nil) }
    }

    @Test("comes back from its PEM text, and every new key is another")
    func pem() throws {
        let key = try Ed25519PrivateKey()
        let again = try Ed25519PrivateKey(pem: key.pem)
        #expect(again.publicKey == key.publicKey)
        #expect(try again.sign(context: .delegation, message: [7]) == key.sign(context: .delegation, message: [7]))
        #expect(try Ed25519PrivateKey().publicKey != key.publicKey)
    }

    @Test("shows no secret in a description")
    func description() throws {
        let seed = [UInt8](repeating: 0xab, count: 32)
        var dumped = ""
        let key = try Ed25519PrivateKey(seed: seed)
        dump(key, to: &dumped)
        #expect(!dumped.contains("abab") && !dumped.contains("171"))
    }

    @Test("agrees with the openssl command in both directions")
    func secondOpinion() throws {
        let openssl = try OpenSSLCommand()
        let key = try Ed25519PrivateKey()
        try openssl.write(key.pem, to: "ours.pem")
        try openssl.run("pkey", "-in", "ours.pem", "-pubout", "-out", "ours.pub")
        try openssl.write(SignatureContext.checkpoint.signedBytes([9, 9]), to: "message")
        try openssl.write(key.sign(context: .checkpoint, message: [9, 9]).bytes, to: "signature")
        try openssl.run("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "ours.pub", "-in", "message", "-sigfile", "signature")

        try openssl.run("genpkey", "-algorithm", "ED25519", "-out", "theirs.pem")
        try openssl.run("pkeyutl", "-sign", "-rawin", "-inkey", "theirs.pem", "-in", "message", "-out", "theirs.sig")
        let theirs = try Ed25519PrivateKey(pem: openssl.readText("theirs.pem")).publicKey
        let signature = try #require(Ed25519Signature(bytes: openssl.read("theirs.sig")))
        #expect(try theirs.verify(signature, context: .checkpoint, message: [9, 9]))
    }
}

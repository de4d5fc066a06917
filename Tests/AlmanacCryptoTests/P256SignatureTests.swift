import Testing

@testable import AlmanacCrypto

@Suite("Signatures with P-256") struct P256SignatureTests {
    private let message = Array("operations".utf8)

    @Test("verify for the key, the context and the message alone")
    func roundTrip() throws {
        let key = try P256PrivateKey()
        let signature = try key.sign(context: .operations, message: message)
        #expect(try key.publicKey.verify(signature, context: .operations, message: message))
        #expect(try !key.publicKey.verify(signature, context: .receipts, message: message))
        #expect(try !key.publicKey.verify(signature, context: .operations, message: message + [0]))
        let other = try P256PrivateKey().publicKey
        #expect(try !other.verify(signature, context: .operations, message: message))
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("row 7: no changed bit verifies")
    func everyBitCounts() throws {
        let key = try P256PrivateKey()
        let signature = try key.sign(context: .operations, message: message)
        for bit in 0..<(P256Signature.byteCount * 8) {
            var bytes = signature.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let forged = try #require(P256Signature(bytes: bytes))
            #expect(try !key.publicKey.verify(forged, context: .operations, message: message), "bit \(bit)")
        }
        for bytes in [[UInt8](repeating: 0, count: 64), [UInt8](repeating: 0xff, count: 64)] {
            let forged = try #require(P256Signature(bytes: bytes))
            #expect(try !key.publicKey.verify(forged, context: .operations, message: message))
        }
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("have 64 bytes, also where a number begins with zeros")
    func lengths() throws {
        #expect(P256Signature(bytes: [UInt8](repeating: 1, count: 63)) == nil)
        #expect(P256Signature(bytes: [UInt8](repeating: 1, count: 65)) == nil)
        let key = try P256PrivateKey()
        // A number begins with a zero byte once in 256 times.
        var isShortMet = false
        while !isShortMet {
            let signature = try key.sign(context: .operations, message: message)
            isShortMet = signature.bytes[0] == 0 || signature.bytes[32] == 0
            #expect(try key.publicKey.verify(signature, context: .operations, message: message))
        }
    }

    @Test("are what the openssl command takes for ECDSA over P-256 with SHA-256")
    func secondOpinion() throws {
        let openssl = try OpenSSLCommand()
        let key = try P256PrivateKey()
        let signature = try key.sign(context: .operations, message: message)
        try openssl.write(key.publicKey.der, to: "key.der")
        try openssl.write(SignatureContext.operations.signedBytes(message), to: "message")
        let attempt = Attempt("write a signature")
        defer { attempt.end() }
        try openssl.write(signature.der(attempt), to: "signature")
        let answer = try openssl.run(
            "dgst", "-sha256", "-keyform", "DER", "-verify", "key.der", "-signature", "signature", "message")
        #expect(answer.text.contains("Verified OK"))
    }
}

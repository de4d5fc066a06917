import Testing

@testable import AlmanacCrypto

@Suite("Errors")
struct CryptoErrorTests {
    @Test("say what was attempted, and carry OpenSSL's own words")
    func words() {
        let error = #expect(throws: CryptoError.self) { try Certificate(der: [0x30, 0x80]) }
        #expect(error?.attempt == "read a certificate")
        #expect(error?.description.hasPrefix("could not read a certificate: malformed DER: OpenSSL says: error:") == true)
    }

    @Test("do not carry the words of an attempt before")
    func separation() {
        _ = try? Certificate(der: [0x30, 0x80])
        let attempt = Attempt("fail for no reason")
        defer { attempt.end() }
        #expect(attempt.failure().cause == .library("no reason given"))
    }
}

import TestSupport
import Testing

@testable import AlmanacCrypto

@Suite("Hostile DER")
struct HostileDERTests {
    private let root: Certificate
    private let authority: Certificate
    private let leaf: Certificate
    private let request: CertificateSigningRequest

    init() throws {
        root = try Certificate(der: Fixtures.root)
        authority = try Certificate(der: Fixtures.authority)
        leaf = try Certificate(der: Fixtures.leaf)
        request = try CertificateSigningRequest(der: Fixtures.request)
    }

    @Test("has its opposite: the bytes that are mutated here are good ones")
    func fixtures() throws {
        try leaf.verify(issuedBy: authority)
        try leaf.verify(through: [authority], to: root, as: .client, at: Authorities.during)
        #expect(request.publicKey.der == leaf.publicKeyInfo)
    }

    @Test("is refused when cut at any byte, and with bytes behind it")
    func truncation() {
        for count in 0..<leaf.der.count { expectRefusal { _ = try Certificate(der: Array(leaf.der[..<count])) } }
        for count in 0..<request.der.count {
            expectRefusal { _ = try CertificateSigningRequest(der: Array(request.der[..<count])) }
        }
        expectRefusal("follow the end") { _ = try Certificate(der: leaf.der + [0]) }
        expectRefusal("follow the end") { _ = try CertificateSigningRequest(der: request.der + leaf.der) }
    }

    @Test("of a certificate, changed 20,000 times, never traps and is never taken for the authority's")
    func certificates() throws {
        let seed: UInt64 = 0x5eed_0001
        print("certificate mutations: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var readable = 0
        for round in 0..<20_000 {
            let der = generator.mutated(leaf.der)
            guard der != leaf.der, let certificate = try? Certificate(der: der) else { continue }
            readable += 1
            #expect(throws: CryptoError.self, "round \(round)") {
                try certificate.verify(issuedBy: authority)
            }
            #expect(throws: CryptoError.self, "round \(round)") {
                try certificate.verify(through: [authority], to: root, as: .client, at: Authorities.during)
            }
            #expect(try Certificate(pem: certificate.pem) == certificate)
        }
        print("\(readable) were readable certificates")
        #expect(readable > 100, "the mutations no longer reach the verification")
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("of a request, changed 20,000 times, never traps and is always refused")
    func requests() {
        let seed: UInt64 = 0x5eed_0002
        print("request mutations: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var refusals: [String: Int] = [:]
        for round in 0..<20_000 {
            let der = generator.mutated(request.der)
            guard der != request.der else { continue }
            let error = #expect(throws: CryptoError.self, "round \(round)") { try CertificateSigningRequest(der: der) }
            if case .refused(let reason) = error?.cause { refusals[String(reason.prefix(12)), default: 0] += 1 }
        }
        print("refusals: \(refusals.sorted { $0.value > $1.value })")
        #expect(refusals["its own key ", default: 0] > 100, "the mutations no longer reach the signature")
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("of random bytes is refused at every small length")
    func noise() {
        var generator = SeededGenerator(seed: 0x5eed_0004)
        for count in 0..<600 {
            let bytes = [0x30] + generator.bytes(count)
            expectRefusal { _ = try Certificate(der: bytes) }
            expectRefusal { _ = try CertificateSigningRequest(der: bytes) }
        }
    }

    @Test("THREATS 1: with lengths of 2^31 and 2^32-1 is refused without their being allocated")
    func lengths() {
        let lengths = ["84 80000000", "84 ffffffff", "88 ffffffffffffffff", "88 7fffffffffffffff", "80"].map { hex($0) }
        for length in lengths {
            expectRefusal { _ = try Certificate(der: [0x30] + length + leaf.der) }
            expectRefusal { _ = try CertificateSigningRequest(der: [0x30] + length + request.der) }
        }
    }

    @Test("above the limit is refused")
    func size() {
        expectRefusal("limit") { _ = try Certificate(der: [UInt8](repeating: 0x30, count: 8_193)) }
        expectRefusal("malformed") { _ = try Certificate(der: [UInt8](repeating: 0x30, count: 8_192)) }
    }
}

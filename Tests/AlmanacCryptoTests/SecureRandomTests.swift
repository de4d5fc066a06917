import Testing

@testable import AlmanacCrypto

@Suite("Random bytes and comparison of secrets")
struct SecureRandomTests {
    @Test("come in the number asked for, never twice the same")
    func numbers() throws {
        #expect(try SecureRandom.bytes(0).isEmpty)
        #expect(try SecureRandom.bytes(1_000).count == 1_000)
        #expect(try Set((0..<1_000).map { _ in try SecureRandom.bytes(16) }).count == 1_000)
    }

    @Test("refuse impossible numbers", arguments: [-1, Int.min, 1 << 31, Int.max])
    func refusals(count: Int) {
        expectRefusal("at once") { _ = try SecureRandom.bytes(count) }
    }

    @Test("secrets are equal byte by byte and in length")
    func comparison() {
        let secret: [UInt8] = [1, 2, 3, 4]
        #expect(constantTimeEqual(secret, [1, 2, 3, 4]))
        #expect(constantTimeEqual([], []))
        #expect(!constantTimeEqual(secret, [1, 2, 3]))
        for place in 0..<4 {
            var other = secret
            other[place] ^= 0x80
            #expect(!constantTimeEqual(secret, other))
        }
    }
}

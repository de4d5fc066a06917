import Testing

@testable import AlmanacCrypto

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "gives the published digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func publishedDigests(message: String, digest: String) throws {
        let bytes = Array(message.utf8)
        #expect(try SHA256.hash(bytes).description == digest)
        #expect(try bytes.withUnsafeBytes { try SHA256.hash($0) }.bytes == hex(digest))
    }

    @Test("of a million letters in uneven pieces is that of the whole, and then it begins anew")
    func pieces() throws {
        var hash = try SHA256()
        var rest = 1_000_000
        var size = 1
        while rest > 0 {
            let piece = [UInt8](repeating: UInt8(ascii: "a"), count: min(size, rest))
            try hash.update(piece)
            rest -= piece.count
            size = size * 3 % 10_007
        }
        let digest = try hash.finish()
        #expect(digest.description == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        try hash.update(Array("abc".utf8))
        let next = try hash.finish()
        #expect(try next == SHA256.hash(Array("abc".utf8)))
    }

    @Test("of nothing at a null address is that of nothing")
    func nullAddress() throws {
        #expect(try SHA256.hash(UnsafeRawBufferPointer(start: nil, count: 0)) == SHA256.hash([]))
    }

    @Test("has 32 bytes, neither fewer nor more", arguments: [0, 31, 33, 64])
    func length(count: Int) {
        #expect(SHA256Digest(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test("survives its bytes, and one bit makes another digest")
    func bytes() throws {
        let digest = try SHA256.hash([1, 2, 3])
        #expect(SHA256Digest(bytes: digest.bytes) == digest)
        for bit in 0..<256 {
            var bytes = digest.bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(SHA256Digest(bytes: bytes) != digest)
        }
    }
}

import Testing

@testable import AlmanacCrypto

/// RFC 8439, appendix A.1. The blocks with counters 1 and 2 are the second and the third 64 bytes of the keystream from zero.
@Suite("ChaCha20")
struct ChaCha20Tests {
    private static let zeroKey = [UInt8](repeating: 0, count: 32)

    @Test("gives RFC 8439's blocks 0 and 1 for the zero key (test vectors 1 and 2)")
    func zeroKeyBlocks() throws {
        let stream = try ChaCha20().keystream(key: Self.zeroKey)
        #expect(stream.count == 2_048)
        #expect(
            Array(stream[0..<64])
                == hex(
                    """
                    76 b8 e0 ad a0 f1 3d 90 40 5d 6a e5 53 86 bd 28 bd d2 19 b8 a0 8d ed 1a a8 36 ef cc 8b 77 0d c7
                    da 41 59 7c 51 57 48 8d 77 24 e0 3f b8 d8 4a 37 6a 43 b8 f4 15 18 a1 1c c3 87 b6 69 b2 ee 65 86
                    """))
        #expect(
            Array(stream[64..<128])
                == hex(
                    """
                    9f 07 e7 be 55 51 38 7a 98 ba 97 7c 73 2d 08 0d cb 0f 29 a0 48 e3 65 69 12 c6 53 3e 32 ee 7a ed
                    29 b7 21 76 9c e6 4e 43 d5 71 33 b0 74 d8 39 d5 31 ed 1f 28 51 0a fb 45 ac e1 0a 1f 4b 79 4d 6f
                    """))
    }

    @Test("gives RFC 8439's block 1 for the key that ends in 1 (test vector 3)")
    func lastBitOfKey() throws {
        let stream = try ChaCha20().keystream(key: Self.zeroKey.dropLast() + [1])
        #expect(
            Array(stream[64..<128])
                == hex(
                    """
                    3a eb 52 24 ec f8 49 92 9b 9d 82 8d b1 ce d4 dd 83 20 25 e8 01 8b 81 60 b8 22 84 f3 c9 49 aa 5a
                    8e ca 00 bb b4 a7 3b da d1 92 b5 c4 2f 73 f2 fd 4e 27 36 44 c8 b3 61 25 a6 4a dd eb 00 6c 13 a0
                    """))
    }

    @Test("gives RFC 8439's block 2 for the key 00 ff 00 ... (test vector 4)")
    func secondByteOfKey() throws {
        let stream = try ChaCha20().keystream(key: [0, 0xff] + Self.zeroKey.dropLast(2))
        #expect(
            Array(stream[128..<192])
                == hex(
                    """
                    72 d5 4d fb f1 2e c4 4b 36 26 92 df 94 13 7f 32 8f ea 8d a7 39 90 26 5e c1 bb be a1 ae 9a f0 ca
                    13 b2 5a a2 6c b4 a6 48 cb 9b 9d 1b e6 5b 2c 09 24 a6 6c 54 d5 45 ec 1b 73 74 f4 87 2e 99 f0 96
                    """))
    }

    @Test("forgets the key of the call before")
    func reuse() throws {
        let cipher = try ChaCha20()
        let first = try cipher.keystream(key: Self.zeroKey)
        let other = try cipher.keystream(key: [UInt8](repeating: 9, count: 32))
        #expect(first != other)
        #expect(try cipher.keystream(key: Self.zeroKey) == first)
    }

    @Test("refuses a key of another length", arguments: [0, 31, 33])
    func keyLength(count: Int) throws {
        let cipher = try ChaCha20()
        expectRefusal("instead of 32") { _ = try cipher.keystream(key: [UInt8](repeating: 0, count: count)) }
    }
}

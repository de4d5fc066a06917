import TestSupport
import Testing

@testable import AlmanacCrypto

@Suite("LtHash")
struct LtHashTests {
    private let hasher: LtHasher

    init() throws { hasher = try LtHasher() }

    private func hash(_ records: [[UInt8]]) throws -> LtHash {
        var hash = LtHash()
        for record in records { try hash.add(record, using: hasher) }
        return hash
    }

    private func records(_ count: Int, seed: UInt64) -> [[UInt8]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in generator.bytes(Int(generator.next() % 300)) }
    }

    @Test("of nothing is zeros")
    func empty() {
        #expect(LtHash().bytes == [UInt8](repeating: 0, count: 2_048))
    }

    @Test("of one record is the keystream that the openssl command makes", arguments: ["", "a", "the record of Tokyo"])
    func oneRecord(text: String) throws {
        let openssl = try OpenSSLCommand()
        try openssl.write(Array("almanac/1 record\0".utf8) + Array(text.utf8), to: "record")
        try openssl.write([UInt8](repeating: 0, count: 2_048), to: "zeros")
        let key = try openssl.run("dgst", "-sha256", "-r", "record").text.prefix(64)
        let zeroVector = String(repeating: "0", count: 32)
        let stream = try openssl.run("enc", "-chacha20", "-K", String(key), "-iv", zeroVector, "-in", "zeros").output
        #expect(try hash([Array(text.utf8)]).bytes == stream)
    }

    @Test("of two records adds 16-bit numbers, the lower byte first")
    func addition() throws {
        func lanes(_ records: [[UInt8]]) throws -> [Int] {
            let bytes = try hash(records).bytes
            return stride(from: 0, to: bytes.count, by: 2).map { Int(bytes[$0]) + 256 * Int(bytes[$0 + 1]) }
        }
        let sums = zip(try lanes([[1]]), try lanes([[2]])).map { ($0 + $1) % 65_536 }
        #expect(sums.count == LtHash.laneCount)
        #expect(try lanes([[1], [2]]) == sums)
    }

    @Test("does not depend on the order", arguments: [7, 1_984, 20_260] as [UInt64])
    func order(seed: UInt64) throws {
        print("LtHash order: seed \(seed)")
        let records = records(200, seed: seed)
        var generator = SeededGenerator(seed: seed &+ 1)
        #expect(try hash(records) == hash(records.shuffled(using: &generator)))
    }

    @Test("is where it began after adding and subtracting in any order", arguments: [3, 2_001] as [UInt64])
    func subtraction(seed: UInt64) throws {
        print("LtHash subtraction: seed \(seed)")
        let kept = records(20, seed: seed)
        let start = try hash(kept)
        var generator = SeededGenerator(seed: seed)
        let passing = records(100, seed: seed &+ 1)
        var hash = start
        for record in passing { try hash.add(record, using: hasher) }
        #expect(hash != start)
        for record in passing.shuffled(using: &generator) { try record.withUnsafeBytes { try hash.subtract($0, using: hasher) } }
        #expect(hash == start)
        for record in kept { try hash.subtract(record, using: hasher) }
        #expect(hash == LtHash())
    }

    @Test("of a union is the sum, and of what is left the difference", arguments: [11] as [UInt64])
    func combination(seed: UInt64) throws {
        print("LtHash combination: seed \(seed)")
        let records = records(60, seed: seed)
        let whole = try hash(records)
        let first = try hash(Array(records[..<25]))
        let second = try hash(Array(records[25...]))
        #expect(first + second == whole)
        #expect(second + first == whole)
        #expect(whole - second == first)
        #expect(first + LtHash() == first)
    }

    @Test("wraps at 2^16: doubled sixteen times it is zeros")
    func wrapping() throws {
        var hash = try hash([[1, 2, 3]])
        for _ in 0..<15 { hash += hash }
        #expect(hash != LtHash())
        hash += hash
        #expect(hash == LtHash())
    }

    @Test("tells records apart that differ in one bit, in length, or in where one ends")
    func differences() throws {
        let variants: [[[UInt8]]] = [[[1, 2]], [[1, 3]], [[1, 2, 0]], [[1], [2]], [[1, 2], [1, 2]], [[]], [[0]]]
        let hashes = try variants.map { try hash($0) }
        #expect(Set(hashes).count == variants.count)
        #expect(Set(try hashes.map { try $0.digest }).count == variants.count)
    }

    @Test("reads in place what it reads from an array")
    func inPlace() throws {
        var hash = LtHash()
        try [UInt8]([5, 6, 7]).withUnsafeBytes { try hash.add($0, using: hasher) }
        #expect(try hash == self.hash([[5, 6, 7]]))
    }

    @Test("survives its bytes, and its digest is theirs")
    func serialisation() throws {
        let hash = try hash([[1], [2]])
        #expect(LtHash(bytes: hash.bytes) == hash)
        #expect(try hash.digest == SHA256.hash(hash.bytes))
        #expect(LtHash(bytes: [0x34, 0x12] + [UInt8](repeating: 0, count: 2_046))?.bytes.prefix(2) == [0x34, 0x12])
    }

    @Test("is not read from another number of bytes", arguments: [0, 2_047, 2_049, 4_096])
    func length(count: Int) {
        #expect(LtHash(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test("is a value: a copy does not change with the original")
    func value() throws {
        var hash = try hash([[1]])
        let copy = hash
        try hash.add([2], using: hasher)
        #expect(try copy == self.hash([[1]]))
    }
}

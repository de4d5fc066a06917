import TestSupport
import AlmanacModel
import AlmanacWire
import Testing

@Suite struct StreamProofTests {
    /// Stands in for SHA-256: as long, and as dependent on every byte and its place.
    private static func hash(_ bytes: [UInt8]) throws -> Hash32 {
        let seed = bytes.reduce(UInt64(bytes.count)) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
        var generator = SeededGenerator(seed: seed)
        return try #require(Hash32(bytes: generator.bytes(32)))
    }

    @Test func thePathLeadsFromTheLeafUpwards() throws {
        let proof = try Samples.proof()
        let leaf = try Self.hash(Preimage.leaf(stream: .reference, proof: proof))
        let above = try Self.hash([1] + leaf.bytes + [UInt8](repeating: 0x11, count: 32))
        let root = try Self.hash([1] + [UInt8](repeating: 0x22, count: 32) + above.bytes)
        #expect(try proof.root(of: .reference, hash: Self.hash) == root)
        #expect(try proof.root(of: #require(StreamName("rankings")), hash: Self.hash) != root)
    }
}

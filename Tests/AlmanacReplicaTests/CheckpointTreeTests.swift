import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

@Suite struct CheckpointTreeTests {
    private func hash(_ byte: UInt8) throws -> Hash32 { try #require(Hash32(bytes: Array(repeating: byte, count: 32))) }

    /// The stream `s00`, `s01`, … and what is said of it.
    private func stream(_ number: Int) throws -> (name: StreamName, proof: StreamProof) {
        let byte = UInt8(truncatingIfNeeded: number)
        let proof = try StreamProof(
            salt: try #require(Salt(bytes: Array(repeating: byte, count: 16))), lastChange: Sequence(UInt64(number + 1)),
            count: UInt64(number * 300), digestHash: hash(byte + 7), path: [])
        return (try streamName("s\(number < 10 ? "0" : "")\(number)"), proof)
    }

    private func leaves(_ count: Int) throws -> [CheckpointTree.Leaf] {
        try (0..<count).map { number in
            let (name, proof) = try stream(number)
            return CheckpointTree.Leaf(name: name, hash: try CheckpointTree.leaf(name, proof))
        }
    }

    /// The hashes were made by another program from section 7 of the specification.
    @Test func rootsAreThoseOfTheSpecification() throws {
        let roots = [
            "165e527e49ff6f42e319ffa349c5a56549d7c404947e9b55556d28e41700ff7a",
            "195e73c6c48452b25f83a717c4acbecad7c8f4901155e55c568496f1b3db9529",
            "ac7e09dfca059eabe7b98ca3de8883c924b6f98fdbe94697ccfff7aff0614932",
            "89c340850fd44e2360c72047c2cedcdd7201cc0d48f6c5272a5e0d5752a1e1f6",
            "153f3cd50f48490f4ea4f74fa6ee206a8ebd3e035f565e54ec22695f22d83879",
        ]
        for (index, root) in roots.enumerated() {
            #expect(try CheckpointTree(leaves(index + 1))?.root.description == root)
        }
        #expect(try leaves(5)[4].hash.description == "9fa712b9e6dccefeaf4c3c5efe6fb1e8532a371b4483acdf71c1c126ce61a3e5")
        #expect(try CheckpointTree([]) == nil)
    }

    /// Made by another program, as above.
    @Test func chainsAreThoseOfTheSpecification() throws {
        let dataset = try #require(UniqueID(bytes: Array(0..<16)))
        let start = try AuthoritySchema.chainStart(dataset, Epoch(1_700_000_000_123))
        #expect(start.description == "c76fed4421a22e1862ddf1fc0fa9dff070f5e138561eb3fa5f5067ff904f9d0d")
        let one = try start.linked(to: Sequence(1), header(1, 1_700_000_001_000, "Zoë", "first"), root: hash(0xab))
        #expect(one.description == "d4a7ac7f8b118e27aef766e6508ad6cdb77404dd5791d184ed6551fbaa5f13e4")
        let five = try one.linked(to: Sequence(5), header(5, 0, "", ""), root: hash(0xcd))
        #expect(five.description == "9cc742754cee7bef095158eddbdc0ddc55d89b3e498ca60ee01e23acb4162994")
    }

    private func header(_ salt: UInt8, _ time: Int64, _ author: Text, _ message: Text) throws -> CommitHeader {
        let salt = try #require(Salt(bytes: [UInt8](repeating: salt, count: Salt.byteCount)))
        return try CommitHeader(salt: salt, time: Instant(clamping: time), author: author, message: message)
    }

    @Test(arguments: 1...40)
    func everyPathLeadsToTheRootAndNoOtherDoes(count: Int) throws {
        let leaves = try leaves(count)
        let tree = try #require(try CheckpointTree(leaves))
        for leaf in leaves {
            let path = try #require(tree.path(of: leaf.name))
            #expect(path.count <= 6)
            #expect(try CheckpointTree.root(from: leaf.hash, along: path) == tree.root)
            for other in leaves where other != leaf {
                #expect(try CheckpointTree.root(from: other.hash, along: path) != tree.root)
            }
            for step in path.indices {
                #expect(try CheckpointTree.root(from: leaf.hash, along: damaged(path, step)) != tree.root)
            }
            if !path.isEmpty { #expect(try CheckpointTree.root(from: leaf.hash, along: path.dropLast()) != tree.root) }
        }
        #expect(try tree.path(of: streamName("elsewhere")) == nil)
    }

    /// The step's side turned round.
    private func damaged(_ path: [PathStep], _ index: Int) -> [PathStep] {
        var path = path
        switch path[index] {
        case .left(let hash): path[index] = .right(hash)
        case .right(let hash): path[index] = .left(hash)
        }
        return path
    }

    @Test func aRootDependsOnEveryLeaf() throws {
        for count in 1...17 {
            let leaves = try leaves(count)
            let root = try CheckpointTree(leaves)?.root
            for index in leaves.indices {
                var changed = leaves
                changed[index] = CheckpointTree.Leaf(name: leaves[index].name, hash: try hash(1))
                #expect(try CheckpointTree(changed)?.root != root)
            }
        }
    }
}

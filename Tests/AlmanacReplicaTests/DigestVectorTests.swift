import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Testing

/// The digest, the tree, the chain and the signatures come to what the specification's vectors say.
@Suite struct DigestVectorTests {
    private let vectors: DigestVectors

    init() throws { vectors = try DigestVectors.read() }

    private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

    private func hash(_ hex: String) throws -> Hash32 { try #require(Hash32(bytes: bytes(hex))) }

    private func salt(_ hex: String) throws -> Salt { try #require(Salt(bytes: bytes(hex))) }

    private func number(_ text: String) throws -> UInt64 { try #require(UInt64(text)) }

    private func instant(_ text: String) throws -> Instant {
        let milliseconds = try #require(Int64(text))
        return try #require(Instant(milliseconds: milliseconds))
    }

    @Test func recordsExpand() throws {
        for vector in vectors.expansions {
            let record = try bytes(vector.record)
            let key = try SHA256.hash(Preimage.recordPrefix + record)
            #expect(Hex.encode(key.bytes) == vector.key, "\(vector.name)")
            var digest = LtHash()
            try digest.add(record, using: LtHasher())
            #expect(Hex.encode(digest.bytes.prefix(64)) == vector.expansion_first_64, "\(vector.name)")
        }
    }

    @Test func digestsAddAndSubtract() throws {
        let hasher = try LtHasher()
        let records = Dictionary(uniqueKeysWithValues: vectors.expansions.map { ($0.name, $0.record) })
        for vector in vectors.digests {
            var digest = LtHash()
            for name in vector.added { try digest.add(bytes(#require(records[name])), using: hasher) }
            for name in vector.removed { try digest.subtract(bytes(#require(records[name])), using: hasher) }
            #expect(Hex.encode(digest.bytes.prefix(32)) == vector.first_32, "\(vector.name)")
            #expect(Hex.encode(digest.bytes.suffix(32)) == vector.last_32, "\(vector.name)")
            #expect(Hex.encode(try digest.digest.bytes) == vector.digest_hash, "\(vector.name)")
        }
    }

    @Test func leavesAndTrees() throws {
        let leaves = try vectors.leaves.map { vector in
            let name = try #require(StreamName(vector.stream))
            let proof = try StreamProof(
                salt: salt(vector.salt), lastChange: Sequence(number(vector.last_change)),
                count: number(vector.count), digestHash: hash(vector.digest_hash), path: [])
            let leaf = try CheckpointTree.leaf(name, proof)
            #expect(leaf.description == vector.leaf)
            return CheckpointTree.Leaf(name: name, hash: leaf)
        }
        for vector in vectors.nodes {
            #expect(
                try Hash32(hashing: Preimage.node(left: hash(vector.left), right: hash(vector.right))).description == vector.node)
        }
        for vector in vectors.trees {
            let count = try #require(Int(vector.leaves))
            try check(vector, Array(leaves.prefix(count)))
        }
    }

    private func check(_ vector: DigestVectors.Tree, _ leaves: [CheckpointTree.Leaf]) throws {
        let tree = try #require(try CheckpointTree(leaves))
        #expect(tree.root.description == vector.root)
        for (leaf, path) in zip(leaves, vector.paths) {
            let expected = try path.map { (step: [String: String]) -> PathStep in
                if let left = step["left"] { return PathStep.left(try hash(left)) }
                return PathStep.right(try hash(try #require(step["right"])))
            }
            let path = tree.path(of: leaf.name)
            #expect(path == expected)
            #expect(try CheckpointTree.root(from: leaf.hash, along: expected).description == vector.root)
        }
    }

    @Test func chains() throws {
        for vector in vectors.chains {
            let dataset = try #require(UniqueID(vector.dataset))
            var chain = try Hash32(hashing: Preimage.chainStart(dataset: dataset, epoch: Epoch(number(vector.epoch))))
            #expect(chain.description == vector.start)
            for link in vector.links {
                let header = try CommitHeader(
                    salt: #require(Salt(bytes: bytes(link.salt))), time: instant(link.time), author: Text(link.author),
                    message: Text(link.message))
                #expect(try Hash32(hashing: Preimage.commitHeader(header)).description == link.header)
                chain = try chain.linked(to: Sequence(number(link.sequence)), header, root: hash(link.root))
                #expect(chain.description == link.chain)
            }
        }
    }

    @Test func statementsAreSigned() throws {
        for vector in vectors.statements {
            let context = try #require(SignatureContext(rawValue: "almanac/1 \(vector.kind)"))
            let key = try Ed25519PrivateKey(seed: bytes(vector.seed))
            #expect(Hex.encode(key.publicKey.bytes) == vector.public_key)
            let message = try bytes(vector.statement)
            #expect(Hex.encode(Array(context.rawValue.utf8) + [0] + message) == vector.signed_bytes)
            let signature = try key.sign(context: context, message: message)
            #expect(Hex.encode(signature.bytes) == vector.signature)
            switch context {
            case .delegation: try checkSigned(Delegation.self, vector, key.publicKey, context)
            case .checkpoint: try checkSigned(Checkpoint.self, vector, key.publicKey, context)
            case .receipts: try checkSigned(ReceiptSheet.self, vector, key.publicKey, context)
            case .operations: Issue.record("operations are not signed by an Ed25519 key")
            }
        }
    }

    private func checkSigned<Content: Statement>(
        _: Content.Type, _ vector: DigestVectors.Statement, _ key: Ed25519PublicKey, _ context: SignatureContext
    ) throws {
        let signed = try Signed<Content>.decode(bytes(vector.signed))
        #expect(try key.verify(signed, context: context) && Hex.encode(signed.encoded) == vector.signed)
    }

    @Test func delegationChainsAreTrusted() throws {
        for vector in vectors.delegation_chains {
            var reader = WireReader(try bytes(vector.bytes))
            let chain = try DelegationChain(from: &reader)
            let trust = try Trust(chain, pin: hash(vector.pin), now: chain.checkpointKey.statement.from)
            #expect(trust.dataset == chain.dataset)
            #expect(throws: Trust.Refusal.rootDoesNotMatchPin) {
                try Trust(chain, pin: .zero, now: chain.checkpointKey.statement.from)
            }
        }
    }

    @Test func signaturesAreRefused() throws {
        for vector in vectors.refused_signatures {
            let signed = try bytes(vector.signed_bytes)
            guard let key = Ed25519PublicKey(bytes: try bytes(vector.public_key)),
                let signature = Ed25519Signature(bytes: try bytes(vector.signature))
            else { continue }
            for context in SignatureContext.allCases {
                let prefix = Array(context.rawValue.utf8) + [0]
                let message = signed.starts(with: prefix) ? Array(signed.dropFirst(prefix.count)) : signed
                let isVerified = try? key.verify(signature, context: context, message: message)
                #expect(isVerified != true, "\(vector.name)")
            }
        }
    }
}

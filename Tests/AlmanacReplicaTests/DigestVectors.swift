import Foundation

/// `Protocol/vectors/digest.json`, as its README describes it.
struct DigestVectors: Decodable {
    let about: String
    let expansions: [Expansion]
    let digests: [Digest]
    let leaves: [Leaf]
    let nodes: [Node]
    let trees: [Tree]
    let chains: [Chain]
    let statements: [Statement]
    let delegation_chains: [DelegationChain]
    let refused_signatures: [RefusedSignature]

    struct Expansion: Decodable { let name, record, key, expansion_first_64: String }
    struct Digest: Decodable {
        let name: String
        let added, removed: [String]
        let first_32, last_32, digest_hash: String
    }
    struct Leaf: Decodable { let stream, salt, last_change, count, digest_hash, leaf: String }
    struct Node: Decodable { let left, right, node: String }
    struct Tree: Decodable {
        let leaves, root: String
        let paths: [[[String: String]]]
    }
    struct Chain: Decodable {
        let dataset, epoch, start: String
        let links: [Link]
    }
    struct Link: Decodable { let sequence, salt, time, author, message, header, root, chain: String }
    struct Statement: Decodable { let kind, seed, public_key, statement, signed_bytes, signature, signed: String }
    struct DelegationChain: Decodable { let bytes, pin: String }
    struct RefusedSignature: Decodable { let name, public_key, signature, signed_bytes: String }

    static func read() throws -> DigestVectors {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("Protocol/vectors/digest.json")
        return try JSONDecoder().decode(DigestVectors.self, from: Data(contentsOf: file))
    }
}

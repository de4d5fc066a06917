import AlmanacCrypto
import AlmanacModel
import AlmanacWire

/// The Merkle tree whose root a checkpoint signs: its leaves are the streams, by name.
public struct CheckpointTree {
    /// A stream and the hash of what the tree says of it.
    public struct Leaf: Equatable, Sendable {
        public let name: StreamName
        public let hash: Hash32

        public init(name: StreamName, hash: Hash32) {
            self.name = name
            self.hash = hash
        }
    }

    /// A part of the tree; every hash is made once, however many paths are asked for.
    private indirect enum Node {
        case leaf(Hash32)
        /// `middle` is how many leaves the left part has.
        case branch(Hash32, middle: Int, left: Node, right: Node)

        var hash: Hash32 {
            switch self {
            case .leaf(let hash), .branch(let hash, _, _, _): hash
            }
        }
    }

    private let top: Node
    private let indexes: [StreamName: Int]

    public var root: Hash32 { top.hash }

    /// Nil without leaves: a dataset has at least its schema. The leaves are in the order of their names.
    public init?(_ leaves: [Leaf]) throws {
        guard let top = try Self.node(leaves[...]) else { return nil }
        self.top = top
        indexes = Dictionary(zip(leaves.map(\.name), leaves.indices)) { first, _ in first }
    }

    /// From the leaf upwards; nil for a stream that is not in the tree.
    public func path(of name: StreamName) -> [PathStep]? {
        guard var index = indexes[name] else { return nil }
        var node = top
        var path: [PathStep] = []
        while case .branch(_, let middle, let left, let right) = node {
            if index < middle {
                path.append(.right(right.hash))
                node = left
            } else {
                path.append(.left(left.hash))
                node = right
                index -= middle
            }
        }
        return path.reversed()
    }

    /// Where a path leads from a leaf.
    public static func root(from leaf: Hash32, along path: [PathStep]) throws -> Hash32 {
        try path.reduce(leaf) { hash, step in
            switch step {
            case .left(let sibling): try Hash32(hashing: Preimage.node(left: sibling, right: hash))
            case .right(let sibling): try Hash32(hashing: Preimage.node(left: hash, right: sibling))
            }
        }
    }

    /// What the tree says of a stream; the proof's path has no part in it.
    public static func leaf(_ name: StreamName, _ proof: StreamProof) throws -> Hash32 {
        try Hash32(hashing: Preimage.leaf(stream: name, proof: proof))
    }

    /// Nil for no leaves. The left part has k of them, the largest power of two below their number.
    private static func node(_ leaves: ArraySlice<Leaf>) throws -> Node? {
        guard leaves.count > 1 else { return leaves.first.map { .leaf($0.hash) } }
        var k = 1
        while k * 2 < leaves.count { k *= 2 }
        guard let left = try node(leaves.prefix(k)), let right = try node(leaves.dropFirst(k)) else { return nil }
        return .branch(
            try Hash32(hashing: Preimage.node(left: left.hash, right: right.hash)), middle: k, left: left, right: right)
    }
}

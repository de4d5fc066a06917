import AlmanacModel

extension StreamProof {
    /// The root that this proof leads to, which has to be the checkpoint's.
    ///
    /// - Parameter hash: SHA-256.
    public func root(of stream: StreamName, hash: ([UInt8]) throws -> Hash32) rethrows -> Hash32 {
        var node = try hash(Preimage.leaf(stream: stream, proof: self))
        for step in path {
            switch step {
            case .left(let sibling): node = try hash(Preimage.node(left: sibling, right: node))
            case .right(let sibling): node = try hash(Preimage.node(left: node, right: sibling))
            }
        }
        return node
    }
}

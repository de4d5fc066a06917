import AlmanacModel

/// What leads from a replica's own digest of a stream to the root of a checkpoint.
public struct StreamProof: Hashable, Sendable {
    public let salt: Salt
    /// The last commit that changed the stream.
    public let lastChange: AlmanacModel.Sequence
    /// How many records the stream has; at most `Int64.max`.
    public let count: UInt64
    /// The SHA-256 hash of the digest's 2,048 bytes.
    public let digestHash: Hash32
    /// From the leaf upwards; at most 32 steps.
    public let path: [PathStep]

    public init(
        salt: Salt, lastChange: AlmanacModel.Sequence, count: UInt64, digestHash: Hash32, path: [PathStep]
    ) throws(WireError) {
        guard lastChange <= .max else { throw .outOfRange("last change") }
        guard count <= UInt64(Int64.max) else { throw .outOfRange("count of a stream") }
        guard path.count <= Caps.path else { throw .tooLarge("path of a leaf", cap: Caps.path) }
        self.salt = salt
        self.lastChange = lastChange
        self.count = count
        self.digestHash = digestHash
        self.path = path
    }
}

/// The sibling that is hashed in on the way from a leaf to the root.
public enum PathStep: Hashable, Sendable {
    /// The sibling stands on the left.
    case left(Hash32)
    /// The sibling stands on the right.
    case right(Hash32)
}

extension StreamProof {
    public func write(to writer: inout WireWriter) {
        writer.fixed(salt)
        writer.sequence(lastChange)
        writer.varint(count)
        writer.fixed(digestHash)
        writer.list(path) { $1.write(to: &$0) }
    }

    public init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            salt: try reader.fixed(Salt.self, "salt"), lastChange: try reader.sequence("last change"),
            count: try reader.storable("count of a stream"), digestHash: try reader.fixed(Hash32.self, "hash of a digest"),
            path: try reader.list("path of a leaf", cap: Caps.path) { reader throws(WireError) in
                try PathStep(from: &reader)
            })
    }
}

extension PathStep {
    public func write(to writer: inout WireWriter) {
        switch self {
        case .left(let sibling):
            writer.u8(0)
            writer.fixed(sibling)
        case .right(let sibling):
            writer.u8(1)
            writer.fixed(sibling)
        }
    }

    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.u8("side of a sibling") {
        case 0: self = .left(try reader.fixed(Hash32.self, "sibling"))
        case 1: self = .right(try reader.fixed(Hash32.self, "sibling"))
        case let code: throw .unknownCode("side of a sibling", code: UInt64(code))
        }
    }
}

extension StreamProof {
    /// The same stream in a tree that has changed around it.
    public func with(path: [PathStep]) throws(WireError) -> StreamProof {
        try StreamProof(salt: salt, lastChange: lastChange, count: count, digestHash: digestHash, path: path)
    }
}

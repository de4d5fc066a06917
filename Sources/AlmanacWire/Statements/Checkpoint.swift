import AlmanacModel

/// The authority's word on a head.
public struct Checkpoint: Statement {
    public static let context = "almanac/1 checkpoint"

    public let dataset: UniqueID
    public let epoch: Epoch
    public let sequence: AlmanacModel.Sequence
    /// Over all commits up to the head.
    public let chain: Hash32
    /// Of the signature.
    public let time: Instant
    /// Over the leaves of all streams.
    public let root: Hash32
    /// The number of the delegation of the key; at most `Int64.max`.
    public let delegation: UInt64

    /// Refuses a time before 1970 and numbers that a store cannot hold.
    public init(
        dataset: UniqueID, epoch: Epoch, sequence: AlmanacModel.Sequence, chain: Hash32, time: Instant, root: Hash32,
        delegation: UInt64
    ) throws(WireError) {
        guard time.milliseconds >= 0 else { throw .outOfRange("time of a checkpoint") }
        guard epoch.rawValue <= UInt64(Int64.max) else { throw .outOfRange("epoch") }
        guard sequence <= .max else { throw .outOfRange("sequence of a checkpoint") }
        guard delegation <= UInt64(Int64.max) else { throw .outOfRange("number of a delegation") }
        self.dataset = dataset
        self.epoch = epoch
        self.sequence = sequence
        self.chain = chain
        self.time = time
        self.root = root
        self.delegation = delegation
    }

    public var cursor: Cursor { Cursor(epoch: epoch, sequence: sequence) }
}

extension Checkpoint {
    public func write(to writer: inout WireWriter) {
        writer.fixed(dataset)
        writer.varint(epoch.rawValue)
        writer.sequence(sequence)
        writer.fixed(chain)
        writer.instant(time)
        writer.fixed(root)
        writer.varint(delegation)
    }

    public init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            dataset: try reader.uniqueID("dataset"), epoch: try reader.epoch("epoch"),
            sequence: try reader.sequence("sequence of a checkpoint"), chain: try reader.fixed(Hash32.self, "chain"),
            time: try reader.instant("time of a checkpoint"), root: try reader.fixed(Hash32.self, "root"),
            delegation: try reader.storable("number of a delegation"))
    }
}

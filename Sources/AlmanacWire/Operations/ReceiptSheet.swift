import AlmanacModel

/// The authority's answers to the operations of a sheet, in its order.
public struct ReceiptSheet: Statement {
    public static let context = "almanac/1 receipts"

    public let dataset: UniqueID
    /// The history in which the operations have their effects.
    public let epoch: Epoch
    /// The number of the delegation of the key; at most `Int64.max`.
    public let delegation: UInt64
    /// From one to ``Caps/operationsOfSheet``.
    public let receipts: [Receipt]

    public init(dataset: UniqueID, epoch: Epoch, delegation: UInt64, receipts: [Receipt]) throws(WireError) {
        guard epoch.rawValue <= UInt64(Int64.max) else { throw .outOfRange("epoch") }
        guard delegation <= UInt64(Int64.max) else { throw .outOfRange("number of a delegation") }
        guard receipts.count <= Caps.operationsOfSheet else { throw .tooLarge("receipts", cap: Caps.operationsOfSheet) }
        guard !receipts.isEmpty else { throw .outOfRange("receipts") }
        self.dataset = dataset
        self.epoch = epoch
        self.delegation = delegation
        self.receipts = receipts
    }

    public func write(to writer: inout WireWriter) {
        writer.fixed(dataset)
        writer.varint(epoch.rawValue)
        writer.varint(delegation)
        writer.list(receipts) { $1.write(to: &$0) }
    }

    public init(from reader: inout WireReader) throws(WireError) {
        let (dataset, epoch) = (try reader.uniqueID("dataset"), try reader.epoch("epoch"))
        let delegation = try reader.storable("number of a delegation")
        let receipts = try reader.list("receipts", cap: Caps.operationsOfSheet) { reader throws(WireError) in
            try Receipt(from: &reader)
        }
        try self.init(dataset: dataset, epoch: epoch, delegation: delegation, receipts: receipts)
    }
}

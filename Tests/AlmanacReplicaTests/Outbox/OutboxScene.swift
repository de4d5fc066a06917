import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// Operations and receipts of a device, without a network.
struct OutboxScene {
    let keys: TestKeys
    let path: String

    static let now = TestKeys.now
    static let epoch = Epoch(5)

    init(_ directory: String) throws {
        keys = try TestKeys()
        path = directory + "/outbox.sqlite"
    }

    static func id(_ number: UInt8) throws -> UniqueID {
        try #require(UniqueID(bytes: [UInt8](repeating: number, count: 16)))
    }

    /// Makes one record.
    static func making(_ number: UInt8, text: String = "text", about other: UniqueID? = nil) throws -> Operation {
        var values = [ProposedField(try fieldID(1), .text(Text(text)))]
        if let other { values.append(ProposedField(try fieldID(3), .made(by: other, index: 0))) }
        return try #require(
            Operation(id: id(number), time: now, changes: [.make(collectionID(17), in: nil, values: values)]))
    }

    static func draft(_ operation: Operation) -> OutboxDraft { OutboxDraft(operation, summary: "a record", tip: nil) }

    static func applied(_ operation: Operation, at sequence: UInt64, made: [Int64]) throws -> Receipt {
        Receipt(
            operation: operation.id, content: try Hash32(hashing: operation.encoded),
            outcome: .applied(.init(sequence: Sequence(sequence), made: try made.map { try recordID($0) })))
    }

    static func rejected(_ operation: Operation) throws -> Receipt {
        Receipt(
            operation: operation.id, content: try Hash32(hashing: operation.encoded),
            outcome: .rejected(.init(.notAllowed, "not you")))
    }

    func sheet(
        _ receipts: [Receipt], epoch: Epoch = Self.epoch, dataset: UniqueID? = nil, delegation: UInt64 = 2
    ) throws -> Signed<ReceiptSheet> {
        let statement = try ReceiptSheet(
            dataset: dataset ?? keys.dataset, epoch: epoch, delegation: delegation, receipts: receipts)
        return try TestKeys.sign(statement, by: keys.checkpoint, context: .receipts)
    }

    static func cursor(_ sequence: UInt64, epoch: Epoch = Self.epoch) -> Cursor {
        Cursor(epoch: epoch, sequence: Sequence(sequence))
    }
}

func withOutbox(_ body: (OutboxScene, Outbox) throws -> Void) throws {
    try withTemporaryDirectory { directory in
        let scene = try OutboxScene(directory)
        let outbox = try Outbox.open(path: scene.path)
        try body(scene, outbox)
        try outbox.close()
    }
}

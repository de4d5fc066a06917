import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Makes signed sheets of what the outbox holds, in order, as large as a frame takes.
struct SheetMaker {
    private let outbox: Outbox
    private let dataset: UniqueID
    private let key: P256PrivateKey
    private var last: Int64 = 0

    init(_ outbox: Outbox, dataset: UniqueID, key: P256PrivateKey) {
        self.outbox = outbox
        self.dataset = dataset
        self.key = key
    }

    /// What a sheet has beside its operations: dataset, key, lengths, signature, and the length before each operation.
    private static let frame = 1_024 + 4 * Caps.operationsOfSheet

    /// Nil when everything that waited has been on a sheet. What is on one counts as sent.
    mutating func next() throws -> Push? {
        let entries = try outbox.take(
            after: last, count: Caps.operationsOfSheet, bytes: Caps.windowPayload - Self.frame)
        guard let newest = entries.last else { return nil }
        last = newest.number
        let sheet = try OperationSheet(dataset: dataset, key: key.publicKey.der, operations: entries.map(\.operation))
        let signature = try key.sign(context: .operations, message: sheet.encoded)
        guard let signature = Signature64(bytes: signature.bytes) else {
            throw ClientError.contextDamaged(path: outbox.path, "what it holds could not be signed")
        }
        return try Push(sheet: Signed(sheet, signature: signature))
    }
}

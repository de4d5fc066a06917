import AlmanacModel

/// Operations of one device, in the order in which they were made. The device's key signs the sheet; a later one may bring some of
/// them again.
public struct OperationSheet: Statement {
    public static let context = "almanac/1 operations"

    public let dataset: UniqueID
    /// The device's public key: SubjectPublicKeyInfo in DER, at most ``Caps/publicKey`` bytes.
    public let key: [UInt8]
    /// From one to ``Caps/operationsOfSheet``.
    public let operations: [SentOperation]

    public init(dataset: UniqueID, key: [UInt8], operations: [SentOperation]) throws(WireError) {
        guard key.count <= Caps.publicKey else { throw .tooLarge("public key", cap: Caps.publicKey) }
        guard operations.count <= Caps.operationsOfSheet else {
            throw .tooLarge("operations of a sheet", cap: Caps.operationsOfSheet)
        }
        guard !operations.isEmpty else { throw .outOfRange("operations of a sheet") }
        self.dataset = dataset
        self.key = key
        self.operations = operations
    }

    public func write(to writer: inout WireWriter) {
        writer.fixed(dataset)
        writer.bytes(key)
        writer.list(operations) { $0.bytes($1.bytes) }
    }

    public init(from reader: inout WireReader) throws(WireError) {
        let (dataset, key) = (try reader.uniqueID("dataset"), try reader.bytes("public key", cap: Caps.publicKey))
        let operations = try reader.list("operations of a sheet", cap: Caps.operationsOfSheet) { reader throws(WireError) in
            try SentOperation(reader.bytes("operation", cap: Caps.operation))
        }
        try self.init(dataset: dataset, key: key, operations: operations)
    }
}

/// An operation as it is sent, and stored where it waits: its id is known even where a later version made it.
public struct SentOperation: Hashable, Sendable {
    /// The first bytes are its id.
    public let bytes: [UInt8]
    public let id: UniqueID

    public init(_ operation: Operation) {
        bytes = operation.encoded
        id = operation.id
    }

    /// Refuses what is too large, and too short for an id.
    public init(_ bytes: [UInt8]) throws(WireError) {
        guard bytes.count <= Caps.operation else { throw .tooLarge("operation", cap: Caps.operation) }
        guard let id = UniqueID(bytes: bytes.prefix(UniqueID.byteCount)) else { throw .truncated("id of an operation") }
        self.bytes = bytes
        self.id = id
    }

    public func decode() throws(WireError) -> Operation { try Operation.decode(bytes) }
}

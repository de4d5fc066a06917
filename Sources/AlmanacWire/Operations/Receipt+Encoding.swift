import AlmanacModel

extension Receipt {
    func write(to writer: inout WireWriter) {
        writer.fixed(operation)
        writer.fixed(content)
        outcome.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        self.init(
            operation: try reader.uniqueID("id of an operation"), content: try reader.fixed(Hash32.self, "hash of an operation"),
            outcome: try Outcome(from: &reader))
    }
}

extension Receipt.Outcome {
    private enum Kind: UInt8 {
        case applied = 1
        case rejected = 2
    }

    /// As it stands in receipts and in files.
    public var encoded: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// All of these bytes.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Receipt.Outcome {
        var reader = WireReader(bytes)
        let outcome = try Receipt.Outcome(from: &reader)
        try reader.finish("outcome of an operation")
        return outcome
    }

    func write(to writer: inout WireWriter) {
        switch self {
        case .applied(let applied):
            writer.u8(Kind.applied.rawValue)
            writer.sequence(applied.sequence)
            for records in [applied.made, applied.conflicts] {
                writer.list(records) { $0.varint(UInt64($1.rawValue)) }
            }
        case .rejected(let rejection):
            writer.u8(Kind.rejected.rawValue)
            writer.varint(rejection.reason.code)
            writer.text(rejection.sentence)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let code = try reader.u8("outcome of an operation")
        switch Kind(rawValue: code) {
        case .applied:
            let sequence = try reader.sequence("sequence of a receipt")
            let made = try Self.records(&reader, cap: Operation.maximumChanges)
            self = .applied(.init(sequence: sequence, made: made, conflicts: try Self.records(&reader, cap: .max)))
        case .rejected:
            let reason = RejectionReason(code: try reader.varint("reason of a rejection"))
            self = .rejected(.init(reason, try reader.text("sentence of a rejection", cap: Caps.sentence).string))
        case nil: throw .unknownCode("outcome of an operation", code: UInt64(code))
        }
    }

    private static func records(_ reader: inout WireReader, cap: Int) throws(WireError) -> [RecordID] {
        try reader.list("records of a receipt", cap: cap) { reader throws(WireError) in try reader.recordID("record id") }
    }
}

import AlmanacModel

/// What has become of the operations of a push. What it says is durable.
public struct Receipts: MessagePayload {
    static let type = MessageType.receipts

    public let sheet: Signed<ReceiptSheet>
    public let extensions: Extensions

    /// Refuses a sheet that does not fit into a frame.
    public init(sheet: Signed<ReceiptSheet>, extensions: Extensions = .none) throws(WireError) {
        self.sheet = sheet
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        sheet.write(to: &writer)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        sheet = try Signed(from: &reader)
        extensions = try Extensions(from: &reader)
    }
}

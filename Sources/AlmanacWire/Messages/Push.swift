import AlmanacModel

/// Operations of a device, for the authority.
public struct Push: MessagePayload {
    static let type = MessageType.push

    public let sheet: Signed<OperationSheet>
    public let extensions: Extensions

    /// Refuses a sheet that does not fit into a frame.
    public init(sheet: Signed<OperationSheet>, extensions: Extensions = .none) throws(WireError) {
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

import AlmanacModel

/// Asks for a new certificate of the connection's own key.
public struct Renew: MessagePayload {
    static let type = MessageType.renew

    /// PKCS#10, DER, at most 4,096 bytes.
    public let request: [UInt8]
    public let extensions: Extensions

    public init(request: [UInt8], extensions: Extensions = .none) throws(WireError) {
        guard request.count <= Caps.certificateRequest else {
            throw .tooLarge("certificate signing request", cap: Caps.certificateRequest)
        }
        self.request = request
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        writer.bytes(request)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            request: try reader.bytes("certificate signing request", cap: Caps.certificateRequest),
            extensions: try Extensions(from: &reader))
    }
}

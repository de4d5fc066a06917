import AlmanacModel

/// Asks for a certificate, with an invitation.
public struct Enrol: MessagePayload {
    static let type = MessageType.enrol

    public let secret: InvitationSecret
    /// PKCS#10, DER, at most 4,096 bytes.
    public let request: [UInt8]
    /// From 1 to 64 bytes.
    public let deviceName: Text
    public let extensions: Extensions

    public init(
        secret: InvitationSecret, request: [UInt8], deviceName: Text, extensions: Extensions = .none
    ) throws(WireError) {
        guard request.count <= Caps.certificateRequest else {
            throw .tooLarge("certificate signing request", cap: Caps.certificateRequest)
        }
        try requireLength(deviceName, 1...Caps.deviceName, "name of the device")
        self.secret = secret
        self.request = request
        self.deviceName = deviceName
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        writer.fixed(secret)
        writer.bytes(request)
        writer.text(deviceName)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            secret: try reader.fixed(InvitationSecret.self, "secret of an invitation"),
            request: try reader.bytes("certificate signing request", cap: Caps.certificateRequest),
            deviceName: try reader.text("name of the device", cap: Caps.deviceName),
            extensions: try Extensions(from: &reader))
    }
}

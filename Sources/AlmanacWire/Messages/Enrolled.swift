import AlmanacModel

/// The certificate that a device asked for.
public struct Enrolled: MessagePayload {
    static let type = MessageType.enrolled

    /// From one to four: the client's, then its issuers without the root; X.509, DER.
    public let certificates: [[UInt8]]
    /// Whose device it is.
    public let person: Text
    public let role: Role
    public let chain: DelegationChain
    public let extensions: Extensions

    public init(
        certificates: [[UInt8]], person: Text, role: Role, chain: DelegationChain, extensions: Extensions = .none
    ) throws(WireError) {
        guard certificates.count <= Caps.certificates else { throw .tooLarge("certificates", cap: Caps.certificates) }
        guard !certificates.isEmpty else { throw .outOfRange("certificates") }
        self.certificates = certificates
        self.person = person
        self.role = role
        self.chain = chain
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        writer.list(certificates) { $0.bytes($1) }
        writer.text(person)
        writer.u8(role.rawValue)
        chain.write(to: &writer)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        let certificates = try reader.list("certificates", cap: Caps.certificates) { reader throws(WireError) in
            try reader.bytes("certificate")
        }
        let (person, code) = (try reader.text("person"), try reader.u8("role"))
        guard let role = Role(rawValue: code) else { throw .unknownCode("role", code: UInt64(code)) }
        try self.init(
            certificates: certificates, person: person, role: role, chain: try DelegationChain(from: &reader),
            extensions: try Extensions(from: &reader))
    }
}

/// A statement and a signature over it, which is checked elsewhere.
public struct Signed<Content: Statement>: Hashable, Sendable {
    public let statement: Content
    /// Exactly what was signed.
    public let statementBytes: [UInt8]
    public let signature: Signature64

    public init(_ statement: Content, signature: Signature64) {
        self.statement = statement
        statementBytes = statement.encoded
        self.signature = signature
    }

    /// The bytes that the signature has to be over.
    public var signingInput: [UInt8] { Content.signingInput(statementBytes) }

    /// As it stands in messages and in files.
    public var encoded: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// All of these bytes.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Signed {
        var reader = WireReader(bytes)
        let signed = try Signed(from: &reader)
        try reader.finish("signed statement")
        return signed
    }

    public func write(to writer: inout WireWriter) {
        writer.bytes(statementBytes)
        writer.fixed(signature)
    }

    public init(from reader: inout WireReader) throws(WireError) {
        statementBytes = try reader.bytes("statement")
        statement = try Content.decode(statementBytes)
        signature = try reader.fixed(Signature64.self, "signature")
    }
}

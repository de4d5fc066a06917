/// What a key of the authority or of a device signs: section 8 of the specification. It has one encoding.
public protocol Statement: Hashable, Sendable {
    /// What tells its signatures from those over other statements.
    static var context: String { get }
    func write(to writer: inout WireWriter)
    init(from reader: inout WireReader) throws(WireError)
}

extension Statement {
    public var encoded: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// All of these bytes.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Self {
        var reader = WireReader(bytes)
        let statement = try Self(from: &reader)
        try reader.finish("statement")
        return statement
    }

    /// The bytes that a signature is over.
    public var signingInput: [UInt8] { Self.signingInput(encoded) }

    static func signingInput(_ statement: [UInt8]) -> [UInt8] {
        Array(context.utf8) + [0] + statement
    }
}

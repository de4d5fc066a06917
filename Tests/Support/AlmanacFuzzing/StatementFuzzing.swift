import AlmanacModel
import AlmanacWire

/// Bytes of a statement, signed or not, of a delegation chain, of a commit's header or of an operation; the first byte says of which.
enum StatementFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let kind = bytes.first else { return }
        let content = Array(bytes.dropFirst())
        switch kind % 9 {
        case 0: try check(try? Checkpoint.decode(content).encoded, content)
        case 1: try check(try? Delegation.decode(content).encoded, content)
        case 2: try check(try? Signed<Checkpoint>.decode(content).encoded, content)
        case 3: try check(try? Signed<Delegation>.decode(content).encoded, content)
        case 5: try check(try? CommitHeader.decode(content).encoded, content)
        case 6: try check(try? Operation.decode(content).encoded, content)
        case 7: try check(try? OperationSheet.decode(content).encoded, content)
        case 8: try check(try? ReceiptSheet.decode(content).encoded, content)
        default: try check(try? chain(content), content)
        }
    }

    private static func check(_ again: [UInt8]?, _ content: [UInt8]) throws {
        guard let again else { return }
        try Finding.unless(again == content, "a statement has a second encoding")
    }

    private static func chain(_ content: [UInt8]) throws(WireError) -> [UInt8] {
        var reader = WireReader(content)
        let chain = try DelegationChain(from: &reader)
        try reader.finish("delegation chain")
        var writer = WireWriter()
        chain.write(to: &writer)
        return writer.bytes
    }
}

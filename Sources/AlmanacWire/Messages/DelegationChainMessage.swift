/// The delegation chain that a client asked for.
public struct DelegationChainMessage: MessagePayload {
    static let type = MessageType.delegationChain

    public let chain: DelegationChain
    public let extensions: Extensions

    public init(chain: DelegationChain, extensions: Extensions = .none) throws(WireError) {
        self.chain = chain
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        chain.write(to: &writer)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(chain: try DelegationChain(from: &reader), extensions: try Extensions(from: &reader))
    }
}

import AlmanacModel

/// What leads from the root key, which is pinned, to the keys that serve.
public struct DelegationChain: Hashable, Sendable {
    public let rootKey: PublicKey32
    /// Its subject is a certificate authority.
    public let certificateAuthority: Signed<Delegation>
    /// Its subject is a checkpoint key.
    public let checkpointKey: Signed<Delegation>

    /// Refuses delegations of another kind, and of two datasets.
    public init(
        rootKey: PublicKey32, certificateAuthority: Signed<Delegation>, checkpointKey: Signed<Delegation>
    ) throws(WireError) {
        guard certificateAuthority.statement.subject.kind == .certificateAuthority,
            checkpointKey.statement.subject.kind == .checkpointKey
        else { throw .inconsistent("kind of a delegation in a chain") }
        guard certificateAuthority.statement.dataset == checkpointKey.statement.dataset else {
            throw .inconsistent("dataset of a delegation in a chain")
        }
        self.rootKey = rootKey
        self.certificateAuthority = certificateAuthority
        self.checkpointKey = checkpointKey
    }

    public var dataset: UniqueID { certificateAuthority.statement.dataset }

    public func write(to writer: inout WireWriter) {
        writer.fixed(rootKey)
        certificateAuthority.write(to: &writer)
        checkpointKey.write(to: &writer)
    }

    public init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            rootKey: try reader.fixed(PublicKey32.self, "root key"), certificateAuthority: try Signed(from: &reader),
            checkpointKey: try Signed(from: &reader))
    }
}

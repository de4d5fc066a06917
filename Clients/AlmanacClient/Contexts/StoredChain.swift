import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The newest delegation chain that this device has seen, and those before: a copy is verified under the one of its time, however many
/// came after it.
struct StoredChain {
    let paths: CredentialPaths

    /// How many of those before are kept.
    private static let formerLimit = 16

    func newest() throws -> DelegationChain {
        guard let chain = try read(paths.chain).first else {
            throw ClientError.contextDamaged(path: paths.chain, "it is not there")
        }
        return chain
    }

    /// The chain under which a checkpoint was signed; nil if it is not kept here.
    func chain(of checkpoint: Checkpoint) throws -> DelegationChain? {
        try ([newest()] + read(paths.previousChain)).first { $0.checkpointKey.statement.number == checkpoint.delegation }
    }

    /// Durable when this returns.
    func write(_ chain: DelegationChain) throws { try FileSync.write(Self.bytes(chain), to: paths.chain) }

    /// The newest becomes the first of those before.
    func replace(with chain: DelegationChain) throws {
        let former = try [newest()] + read(paths.previousChain).prefix(Self.formerLimit - 1)
        try FileSync.write(former.flatMap(Self.bytes), to: paths.previousChain)
        try write(chain)
    }

    private static func bytes(_ chain: DelegationChain) -> [UInt8] {
        var writer = WireWriter()
        chain.write(to: &writer)
        return writer.bytes
    }

    private func read(_ path: String) throws -> [DelegationChain] {
        guard let bytes = try SystemFile.read(path) else { return [] }
        do {
            var reader = WireReader(bytes)
            var chains: [DelegationChain] = []
            while reader.remaining > 0 { chains.append(try DelegationChain(from: &reader)) }
            return chains
        } catch {
            throw ClientError.contextDamaged(path: path, "it holds no delegation chain")
        }
    }
}

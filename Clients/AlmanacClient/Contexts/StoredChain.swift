import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The newest delegation chain that this device has seen, and the one before.
struct StoredChain {
    let paths: CredentialPaths

    func newest() throws -> DelegationChain {
        guard let chain = try read(paths.chain) else { throw ClientError.contextDamaged(path: paths.chain, "it is not there") }
        return chain
    }

    /// The chain under which a checkpoint was signed; nil if it is not kept here.
    func chain(of checkpoint: Checkpoint) throws -> DelegationChain? {
        let chains = [try newest(), try read(paths.previousChain)].compactMap(\.self)
        return chains.first { $0.checkpointKey.statement.number == checkpoint.delegation }
    }

    /// Durable when this returns.
    func write(_ chain: DelegationChain) throws { try FileSync.write(Self.bytes(chain), to: paths.chain) }

    /// The newest becomes the previous one.
    func replace(with chain: DelegationChain) throws {
        try FileSync.write(Self.bytes(newest()), to: paths.previousChain)
        try write(chain)
    }

    private static func bytes(_ chain: DelegationChain) -> [UInt8] {
        var writer = WireWriter()
        chain.write(to: &writer)
        return writer.bytes
    }

    private func read(_ path: String) throws -> DelegationChain? {
        guard let bytes = try SystemFile.read(path) else { return nil }
        do {
            var reader = WireReader(bytes)
            let chain = try DelegationChain(from: &reader)
            try reader.finish("delegation chain")
            return chain
        } catch {
            throw ClientError.contextDamaged(path: path, "it holds no delegation chain")
        }
    }
}

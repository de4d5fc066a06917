import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// A stream's proof and the root that it leads to.
enum ProofFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var reader = WireReader(bytes)
        guard let proof = try? StreamProof(from: &reader), (try? reader.finish("proof")) != nil else { return }
        var writer = WireWriter()
        proof.write(to: &writer)
        try Finding.unless(writer.bytes == bytes, "a proof has a second encoding")
        try Finding.unless(proof.path.count <= Caps.path, "a path of \(proof.path.count) steps")
        let root = try proof.root(of: .reference) { try Hash32(hashing: $0) }
        let shorter = try proof.with(path: Array(proof.path.dropLast())).root(of: .reference) { try Hash32(hashing: $0) }
        try Finding.unless(proof.path.isEmpty || root != shorter, "a step of a path changes nothing")
    }
}

import AlmanacModel
import AlmanacWire

enum StatementVectors {
    static func file() throws -> VectorFile {
        let (authority, key) = (try Samples.authority(), try Samples.checkpointKey())
        let checkpoint = try Samples.checkpoint()
        let first = try Checkpoint(
            dataset: try Samples.dataset(), epoch: Epoch(0), sequence: .zero, chain: try Samples.hash(0),
            time: try Samples.instant("1970-01-01T00:00:00Z"), root: try Samples.hash(0xff), delegation: 0)
        return VectorFile(
            about: "Section 8: statements, without signatures. `signed bytes` is what a signature is over.",
            good: [
                .good("delegation of a certificate authority", "delegation", authority.encoded, authority.json),
                .good("delegation of a checkpoint key", "delegation", key.encoded, key.json),
                .good("checkpoint", "checkpoint", checkpoint.encoded, checkpoint.json),
                .good("checkpoint of least numbers", "checkpoint", first.encoded, first.json),
                .good("signed bytes of a delegation", "signed bytes delegation", authority.signingInput, authority.json),
                .good("signed bytes of a checkpoint", "signed bytes checkpoint", checkpoint.signingInput, checkpoint.json),
            ],
            refused: refused)
    }

    private static let dataset = String(repeating: "0f", count: 16)
    private static let key = String(repeating: "e3", count: 32)

    private static let refused: [Vector] = [
        .refused(
            "delegation of kind 3", "delegation", hex: dataset + "03010001" + "20" + key, "unknown_code", "Kinds are 1 and 2."),
        .refused(
            "delegation that ends before it begins", "delegation", hex: dataset + "02010201" + "20" + key, "out_of_range",
            "From is not after until."),
        .refused(
            "checkpoint key of 31 bytes", "delegation", hex: dataset + "02010001" + "1f" + key.dropLast(2), "out_of_range",
            "A checkpoint key has 32 bytes."),
        .refused(
            "delegation and more", "delegation", hex: dataset + "02010001" + "20" + key + "00", "trailing_bytes",
            "Nothing remains."),
        .refused(
            "checkpoint at the sequence 2^63", "checkpoint", hex: dataset + "0180808080808080808001" + key + "01" + key + "01",
            "out_of_range", "Sequences are at most 2^63-1."),
        .refused(
            "checkpoint cut", "checkpoint", hex: dataset + "0101" + key + "01" + key, "truncated",
            "A checkpoint has seven fields."),
    ]
}

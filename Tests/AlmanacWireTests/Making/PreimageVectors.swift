import AlmanacModel
import AlmanacWire

enum PreimageVectors {
    static func file() throws -> VectorFile {
        let (proof, dataset) = (try Samples.proof(), try Samples.dataset())
        let (left, right) = (try Samples.hash(0x33), try Samples.hash(0x44))
        let header = try Samples.commitHeader()
        let link = Preimage.chainLink(before: left, sequence: Sequence(300), header: try Samples.hash(0x55), root: right)
        return VectorFile(
            about: "Section 7: the bytes that are hashed with SHA-256. They are made, never decoded.",
            good: [
                .good(
                    "leaf", "preimage leaf", Preimage.leaf(stream: .reference, proof: proof),
                    ["stream": "reference", "proof": proof.json]),
                .good(
                    "node", "preimage node", Preimage.node(left: left, right: right),
                    ["left": .string(left.description), "right": .string(right.description)]),
                .good(
                    "chain before the first commit", "preimage chain start",
                    Preimage.chainStart(dataset: dataset, epoch: Samples.epoch),
                    ["dataset": .string(dataset.description), "epoch": .number(Samples.epoch.rawValue)]),
                .good("header of a commit", "preimage commit header", Preimage.commitHeader(header), header.json),
                .good(
                    "chain after a commit", "preimage chain link", link,
                    [
                        "before": .string(left.description), "sequence": "300",
                        "header": .string(try Samples.hash(0x55).description), "root": .string(right.description),
                    ]),
            ],
            refused: [])
    }
}

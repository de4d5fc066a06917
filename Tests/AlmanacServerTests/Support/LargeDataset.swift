import AlmanacModel
import AlmanacReplica
import Testing

@testable import AlmanacServer

extension TestDataset {
    /// More than the system keeps for a connection whose reader sleeps: about 12 MB that hardly compress, in the open stream `large`.
    static func large() throws -> TestDataset {
        let dataset = try TestDataset(at: Clock.system.now())
        let table = TestResource(
            name: "texts", fields: [TestResource.key, TestResource.field("body")], csv: "key,body\n", stream: "large")
        try dataset.importPackage([table], open: ["large"])
        let collection = try #require(dataset.store.schema().collection(named: "texts"))
        let (key, body) = (try #require(collection.key), try #require(collection.field(named: "body")).id)
        try dataset.store.commit(author: "test", message: "large", time: TestDataset.founded) { session in
            for (number, text) in texts.enumerated() {
                try session.put(
                    collection.id, session.newID(collection.id),
                    [FieldValue(key, .text("k\(number)")), FieldValue(body, .text(text))].sorted { $0.field < $1.field })
            }
        }
        return dataset
    }

    /// Pieces of one random text, so that making them takes no time; deflate does not look back that far.
    private static let texts: [String] = {
        var random = TestRandom(seed: 7)
        let source = (0..<200_000).map { _ in UInt8(48 + random.next() % 64) }
        return (0..<260).map { number in
            String(decoding: source[(number * 500)..<(number * 500 + 60_000)], as: UTF8.self)
        }
    }()
}

/// SplitMix64: small, seeded, the same everywhere.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}

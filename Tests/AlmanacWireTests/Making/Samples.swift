import AlmanacModel
import AlmanacWire
import Testing

/// The things that messages are made of. Signatures are filler: 64 bytes of 5a.
enum Samples {
    static func dataset() throws -> UniqueID { try #require(UniqueID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")) }

    static func hash(_ byte: UInt8) throws -> Hash32 { try #require(Hash32(bytes: [UInt8](repeating: byte, count: 32))) }

    static func key(_ byte: UInt8) throws -> PublicKey32 { try #require(PublicKey32(bytes: [UInt8](repeating: byte, count: 32))) }

    static func signature() throws -> Signature64 { try #require(Signature64(bytes: [UInt8](repeating: 0x5a, count: 64))) }

    static func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    static let epoch = Epoch(1_790_000_000_000)

    static func checkpoint() throws -> Checkpoint {
        try Checkpoint(
            dataset: dataset(), epoch: epoch, sequence: Sequence(4_711), chain: hash(0xc1),
            time: instant("2026-11-21T09:12:00Z"), root: hash(0xd2), delegation: 3)
    }

    static func signedCheckpoint() throws -> Signed<Checkpoint> { Signed(try checkpoint(), signature: try signature()) }

    static func authority() throws -> Delegation {
        try Delegation(
            dataset: dataset(), number: 1, from: instant("2026-01-01T00:00:00Z"), until: instant("2027-01-01T00:00:00Z"),
            subject: .certificateAuthority([0x30, 0x03, 0x02, 0x01, 0x05]))
    }

    static func checkpointKey() throws -> Delegation {
        try Delegation(
            dataset: dataset(), number: 3, from: instant("2026-01-01T00:00:00Z"), until: instant("2026-12-31T23:59:59.999Z"),
            subject: .checkpointKey(key(0xe3)))
    }

    static func chain() throws -> DelegationChain {
        try DelegationChain(
            rootKey: key(0xf4), certificateAuthority: Signed(try authority(), signature: try signature()),
            checkpointKey: Signed(try checkpointKey(), signature: try signature()))
    }

    static func proof() throws -> StreamProof {
        try StreamProof(
            salt: try #require(Salt(bytes: [UInt8](0..<16))), lastChange: Sequence(4_700), count: 1_234, digestHash: hash(0xa5),
            path: [.right(try hash(0x11)), .left(try hash(0x22))])
    }

    static func commitHeader() throws -> CommitHeader {
        try CommitHeader(
            salt: try #require(Salt(bytes: [UInt8](16..<32))), time: instant("2026-11-21T09:12:00Z"), author: "Mika",
            message: "Ranking 2026")
    }

    static func extensions() throws -> Extensions {
        try Extensions([Extension(id: 7, content: []), Extension(id: 300, content: [1, 2])])
    }
}

import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// Who has committed and why: shown to those who may read all of it, and believed only where the signed chain leads over it.
@Suite struct CommitHeaderTests {
    private func withWorld(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory, limits: DeltaReader.Limits(windowEntries: 1))
            try world.replica.sync(from: world.authority)
            try body(world)
        }
    }

    /// What an authority says to a reader whose replica is in this state, from its first step to its last.
    private func completion(_ world: SmallWorld, after base: Sequence, _ names: [StreamName]) throws -> DeltaCompletion {
        var request = DeltaRequest(
            epoch: Epoch(7), streams: names.map { StreamBase(stream: $0, base: base, position: Position(after: base)) },
            patterns: [], highestHead: base)
        while true {
            let step = try world.authority.database.readDelta(request) { names.contains($0) }
            if let completion = step.completion { return completion }
            request = step.next
        }
    }

    private func all() throws -> [StreamName] {
        try ["investments/asia", "investments/europe", "reference"].map(streamName)
    }

    @Test func oneCommitSaysWhoAndWhy() throws {
        try withWorld { world in
            let before = try world.head()
            try world.authority.commit { session in
                for id in 1...3 { try session.put(world.grants, recordID(Int64(id)), world.grant("new \(id)", "asia")) }
            }
            let header = try #require(try completion(world, after: before, all()).commit)
            #expect((header.author, header.message) == ("somebody", "a commit"))
            #expect(header.time == world.authority.time)
            try world.putGrant(1, world.grant("again", "asia"))
            #expect(try completion(world, after: try #require(before.next), all()).commit?.salt != header.salt)
        }
    }

    @Test func twoCommitsSayNothing() throws {
        try withWorld { world in
            let before = try world.head()
            try world.putGrant(1, world.grant("renamed", "asia"))
            try world.putGrant(2, world.grant("renamed too", "asia"))
            #expect(try completion(world, after: before, all()).commit == nil)
            #expect(try completion(world, after: world.head(), all()).commit == nil, "nor does none")
        }
    }

    /// A message may tell what the streams hide.
    @Test func threat13_theHeaderOfACommitIsForThoseWhoMayReadAllThatItChanged() throws {
        try withWorld { world in
            let before = try world.head()
            try world.authority.commit { session in
                try session.put(world.grants, recordID(1), world.grant("renamed", "asia"))
                try session.put(world.grants, recordID(3), world.grant("renamed too", "europe"))
            }
            #expect(try completion(world, after: before, all()).commit != nil)
            #expect(try completion(world, after: before, [.reference, streamName("investments/asia")]).commit == nil)
            try world.putGrant(1, world.grant("again", "asia"))
            let previous = try #require(before.next)
            #expect(try completion(world, after: previous, [.reference, streamName("investments/asia")]).commit != nil)
            #expect(try completion(world, after: previous, [.reference, streamName("investments/europe")]).commit == nil)
        }
    }

    /// A record that leaves a stream for a hidden one has changed both.
    @Test func threat13_aMoveIsSaidOnlyToThoseWhoMayReadBothStreams() throws {
        try withWorld { world in
            let before = try world.head()
            try world.putGrant(1, world.grant("grant0", "europe"))
            #expect(try completion(world, after: before, [.reference, streamName("investments/asia")]).commit == nil)
            #expect(try completion(world, after: before, all()).commit != nil)
        }
    }

    @Test func aHeaderIsBelievedOnlyOnTheSignedChain() throws {
        try withWorld { world in
            let before = try #require(world.replica.checkpoint).statement
            try world.putGrant(1, world.grant("renamed", "asia"))
            let shown = try completion(world, after: before.sequence, all())
            let header = try #require(shown.commit)
            let verified = try verified(world, shown, header)
            #expect(try verified.commit(after: before) == header)
            #expect(try verified.commit(after: nil) == nil)
            #expect(try verified.commit(after: at(before, .zero)) == nil, "another state than the one before")
            for forged in try forgeries(of: header) {
                let verified = try self.verified(world, shown, forged)
                #expect(throws: CheckpointVerifier.Refusal.commitInvalid(shown.head.sequence)) {
                    try verified.commit(after: before)
                }
            }
        }
    }

    private func verified(_ world: SmallWorld, _ shown: DeltaCompletion, _ header: CommitHeader) throws -> VerifiedCompletion {
        try world.keys.verifier(highest: world.replica.checkpoint).verify(
            Complete(checkpoint: world.authority.sign(shown), proofs: shown.proofs, extensions: .commit(header)), of: all())
    }

    private func forgeries(of header: CommitHeader) throws -> [CommitHeader] {
        let salt = try #require(Salt(bytes: [UInt8](repeating: 0, count: Salt.byteCount)))
        return [
            try CommitHeader(salt: salt, time: header.time, author: header.author, message: header.message),
            try CommitHeader(
                salt: header.salt, time: header.time.advanced(by: .milliseconds(1)), author: header.author,
                message: header.message),
            try CommitHeader(salt: header.salt, time: header.time, author: "somebod", message: "ya commit"),
            try CommitHeader(salt: header.salt, time: header.time, author: header.author, message: "another commit"),
        ]
    }

    /// The statement under another number.
    private func at(_ statement: Checkpoint, _ sequence: Sequence) throws -> Checkpoint {
        try Checkpoint(
            dataset: statement.dataset, epoch: statement.epoch, sequence: sequence, chain: statement.chain, time: statement.time,
            root: statement.root, delegation: statement.delegation)
    }

    @Test func wordsWithoutEndAreRefused() throws {
        let salt = try #require(Salt(bytes: [UInt8](repeating: 0, count: Salt.byteCount)))
        let long = Text(String(repeating: "é", count: 2_049))
        #expect(throws: WireError.tooLarge("message of a commit", cap: 4_096)) {
            try CommitHeader(salt: salt, time: TestKeys.now, author: "", message: long)
        }
    }
}

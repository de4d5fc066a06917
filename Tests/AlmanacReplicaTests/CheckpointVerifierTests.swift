import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

@Suite struct CheckpointVerifierTests {
    private typealias Refusal = CheckpointVerifier.Refusal

    private struct Answer {
        var complete: Complete
        let streams: [StreamName]
    }

    private func withWorld(_ body: (SmallWorld) throws -> Void) throws {
        try withTemporaryDirectory { try body(SmallWorld($0)) }
    }

    /// A full pull at the authority as it is now.
    private func answer(_ world: SmallWorld) throws -> Answer {
        var pull = TestPull(held: [], checkpoint: nil, keys: world.keys)
        while try !pull.step(at: world.authority) {}
        let (checkpoint, proofs) = try #require(pull.completion)
        return Answer(complete: try Complete(checkpoint: checkpoint, proofs: proofs), streams: pull.request.streams.map(\.stream))
    }

    @Test func whatTheAuthoritySignedIsBelieved() throws {
        try withWorld { world in
            let answer = try answer(world)
            #expect(answer.streams.map(\.rawValue) == ["investments/asia", "investments/europe", "reference"])
            let verified = try world.keys.verifier().verify(answer.complete, of: answer.streams)
            #expect(verified.checkpoint == answer.complete.checkpoint)
            #expect(verified.streams.map(\.name) == answer.streams)
            #expect(verified.streams.map(\.proof) == answer.complete.proofs)
        }
    }

    // MARK: The checkpoint

    @Test func threat9_anOlderHeadIsARollback() throws {
        try withWorld { world in
            let old = try answer(world).complete.checkpoint
            try world.putGrant(1, world.grant("x", "asia"))
            let new = try answer(world).complete.checkpoint
            let verifier = try world.keys.verifier(highest: new)
            try verifier.verify(new)
            #expect(throws: Refusal.rollback(shown: old.statement.cursor, known: new.statement.cursor)) {
                try verifier.verify(old)
            }
            let head = try world.authority.database.head()
            let older = HeadState(
                dataset: head.dataset, epoch: Epoch(6), sequence: Sequence(999), chain: head.chain, root: head.root)
            #expect(throws: Refusal.self) { try verifier.verify(world.keys.sign(older)) }
            let newer = HeadState(
                dataset: head.dataset, epoch: Epoch(8), sequence: Sequence(1), chain: head.chain, root: head.root)
            #expect(throws: Never.self) { try verifier.verify(world.keys.sign(newer)) }
        }
    }

    @Test func twoStatesUnderOneNumberAreAnEquivocation() throws {
        try withWorld { world in
            let head = try world.authority.database.head()
            let verifier = try world.keys.verifier(highest: world.keys.sign(head))
            let other = Hash32.zero
            let states = [
                HeadState(dataset: head.dataset, epoch: head.epoch, sequence: head.sequence, chain: other, root: head.root),
                HeadState(dataset: head.dataset, epoch: head.epoch, sequence: head.sequence, chain: head.chain, root: other),
            ]
            for state in states {
                #expect(throws: Refusal.equivocation(head.sequence)) { try verifier.verify(world.keys.sign(state)) }
            }
            // A renewed checkpoint differs in its time alone.
            #expect(throws: Never.self) {
                try verifier.verify(world.keys.sign(head, time: TestKeys.now.advanced(by: .seconds(99))))
            }
        }
    }

    @Test func anotherKeyNumberOrDatasetIsRefused() throws {
        try withWorld { world in
            let (keys, head) = (world.keys, try world.authority.database.head())
            let verifier = try keys.verifier()
            #expect(throws: Refusal.signatureInvalid) { try verifier.verify(keys.sign(head, by: keys.root)) }
            #expect(throws: Refusal.signatureInvalid) { try verifier.verify(keys.sign(head, by: TestKeys(seed: 3).checkpoint)) }
            for number: UInt64 in [0, 1, 3] {
                #expect(throws: Refusal.unknownDelegation(number)) { try verifier.verify(keys.sign(head, delegation: number)) }
            }
            let other = try TestKeys(seed: 4).dataset
            let elsewhere = HeadState(
                dataset: other, epoch: head.epoch, sequence: head.sequence, chain: head.chain, root: head.root)
            #expect(throws: Refusal.wrongDataset(other)) { try verifier.verify(keys.sign(elsewhere)) }
        }
    }

    @Test func aCheckpointWithAnyBitFlippedIsRefused() throws {
        try withWorld { world in
            let verifier = try world.keys.verifier()
            let bytes = try answer(world).complete.checkpoint.encoded
            for bit in 0..<(bytes.count * 8) {
                var flipped = bytes
                flipped[bit / 8] ^= 1 << UInt8(bit % 8)
                guard let checkpoint = try? Signed<Checkpoint>.decode(flipped) else { continue }
                #expect(throws: Refusal.self) { try verifier.verify(checkpoint) }
            }
        }
    }

    @Test func aSignatureOfAnotherContextIsRefused() throws {
        try withWorld { world in
            let head = try world.authority.database.head()
            let statement = try world.keys.sign(head).statement
            let signed = try TestKeys.sign(statement, by: world.keys.checkpoint, context: .delegation)
            #expect(throws: Refusal.signatureInvalid) { try world.keys.verifier().verify(signed) }
        }
    }

    // MARK: The proofs

    @Test func everyFieldOfAProofCounts() throws {
        try withWorld { world in
            let (answer, verifier) = (try answer(world), try world.keys.verifier())
            for (index, proof) in answer.complete.proofs.enumerated() {
                let proof = try #require(proof)
                for changed in try variants(proof) {
                    var proofs = answer.complete.proofs
                    proofs[index] = changed
                    let complete = try Complete(checkpoint: answer.complete.checkpoint, proofs: proofs)
                    #expect(throws: Refusal.proofInvalid(answer.streams[index])) {
                        try verifier.verify(complete, of: answer.streams)
                    }
                }
            }
        }
    }

    private func variants(_ proof: StreamProof) throws -> [StreamProof] {
        let salt = try #require(Salt(bytes: proof.salt.bytes.map { $0 ^ 1 }))
        func variant(
            salt: Salt? = nil, last: Sequence? = nil, count: UInt64? = nil, hash: Hash32? = nil, path: [PathStep]? = nil
        ) throws -> StreamProof {
            try StreamProof(
                salt: salt ?? proof.salt, lastChange: last ?? proof.lastChange, count: count ?? proof.count,
                digestHash: hash ?? proof.digestHash, path: path ?? proof.path)
        }
        return try [
            variant(salt: salt), variant(last: Sequence(proof.lastChange.rawValue + 1)), variant(count: proof.count + 1),
            variant(hash: .zero),
            variant(path: proof.path.dropLast()), variant(path: proof.path + [.left(.zero)]),
            variant(path: proof.path + [.right(.zero)]),
        ]
    }

    @Test func aProofForEveryStreamAndTheSchemaIsNeeded() throws {
        try withWorld { world in
            let (answer, verifier) = (try answer(world), try world.keys.verifier())
            let (checkpoint, proofs) = (answer.complete.checkpoint, answer.complete.proofs)
            for wrong in [proofs.dropLast(), [], proofs + [nil], proofs.dropLast() + [nil]] as [[StreamProof?]] {
                let complete = try Complete(checkpoint: checkpoint, proofs: wrong)
                #expect(throws: Refusal.proofInvalid(.reference)) { try verifier.verify(complete, of: answer.streams) }
            }
        }
    }

    @Test func threat11_proofsOfTwoHeadsDoNotMix() throws {
        try withWorld { world in
            var heads = [try answer(world)]
            for commit in 0..<4 {
                try world.putGrant(Int64(commit % 3 + 1), world.grant("grant \(commit)", commit % 3 == 2 ? "europe" : "asia"))
                heads.append(try answer(world))
            }
            let verifier = try world.keys.verifier()
            for (one, other) in pairs(heads) {
                for index in one.streams.indices {
                    var proofs = one.complete.proofs
                    proofs[index] = other.complete.proofs[index]
                    let spliced = try Complete(checkpoint: one.complete.checkpoint, proofs: proofs)
                    #expect(throws: Refusal.proofInvalid(one.streams[index])) { try verifier.verify(spliced, of: one.streams) }
                }
                let all = try Complete(checkpoint: one.complete.checkpoint, proofs: other.complete.proofs)
                #expect(throws: Refusal.self) { try verifier.verify(all, of: one.streams) }
            }
        }
    }

    @Test func threat11_proofsOfTwoStreamsDoNotMix() throws {
        try withWorld { world in
            let (answer, verifier) = (try answer(world), try world.keys.verifier())
            for (one, other) in pairs(Array(answer.streams.indices)) {
                var proofs = answer.complete.proofs
                proofs.swapAt(one, other)
                let swapped = try Complete(checkpoint: answer.complete.checkpoint, proofs: proofs)
                #expect(throws: Refusal.self) { try verifier.verify(swapped, of: answer.streams) }
            }
            // A leaf of one stream with another's path.
            let (first, last) = (try #require(answer.complete.proofs[0]), try #require(answer.complete.proofs[2]))
            var proofs = answer.complete.proofs
            proofs[0] = try first.with(path: last.path)
            let complete = try Complete(checkpoint: answer.complete.checkpoint, proofs: proofs)
            #expect(throws: Refusal.proofInvalid(answer.streams[0])) { try verifier.verify(complete, of: answer.streams) }
        }
    }

    /// A window of an older head in place of a newer one, under a checkpoint that verifies.
    @Test func threat11_windowsOfTwoHeadsDoNotPassTheDigest() throws {
        try withWorld { world in
            var early = TestPull(held: [], checkpoint: nil, keys: world.keys)
            while try !early.step(at: world.authority) {}
            try world.putGrant(1, world.grant("later", "asia"))
            var late = TestPull(held: [], checkpoint: nil, keys: world.keys)
            while try !late.step(at: world.authority) {}
            let asia = try streamName("investments/asia")
            let spliced = early.windows.filter { $0.stream == asia } + late.windows.filter { $0.stream != asia }
            #expect(throws: DigestMismatch(stream: asia, sequence: try world.head())) {
                try FirstCopy(path: world.replica.path).build(
                    spliced.map { .success($0) }, until: late.verified(), now: TestKeys.now)
            }
        }
    }

    private func pairs<Element>(_ elements: [Element]) -> [(Element, Element)] {
        elements.indices.flatMap { one in elements.indices.filter { $0 != one }.map { (elements[one], elements[$0]) } }
    }
}

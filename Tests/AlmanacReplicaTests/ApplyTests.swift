import AlmanacModel
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica

/// A delta is applied whole or not at all.
@Suite struct ApplyTests {
    /// A replica at r3, and what brings it to a head four commits later.
    private struct Case {
        let world: SmallWorld
        var windows: [Window]
        var completion: VerifiedCompletion
        let before: [String]
        let path: String

        init(_ directory: String) throws {
            let world = try SmallWorld(directory, limits: DeltaReader.Limits(windowEntries: 1))
            try world.replica.sync(from: world.authority)
            path = world.replica.path
            before = try Dump.exact(path)
            try world.putGrant(1, world.grant("renamed", "asia", amount: 9))
            try world.putGrant(2, world.grant("moved", "africa"))
            try world.authority.commit { try $0.delete(world.grants, recordID(3)) }
            try world.putGrant(4, world.grant("new", "asia"))
            var pull = world.replica.pull()
            while try !pull.step(at: world.authority) {}
            (self.world, windows, completion) = (world, pull.windows, try pull.verified())
        }

        @discardableResult
        func apply(_ windows: [Window]? = nil) throws -> Int {
            try apply((windows ?? self.windows).map { .success($0) })
        }

        func apply(_ results: [Result<Window, any Error>]) throws -> Int {
            let replica = try ReplicaDatabase.open(path: path)
            defer { try? replica.close() }
            return try replica.apply(results, until: completion, now: TestKeys.now)
        }

        func expectUnchanged() throws { #expect(try Dump.exact(path) == before) }

        func expectFresh() throws {
            let fresh = TestReplica(path: "\(world.directory)/fresh.db", keys: world.keys)
            try fresh.sync(from: world.authority)
            #expect(try Dump.content(path) == Dump.content(fresh.path))
        }
    }

    private func withCase(_ body: (inout Case) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            var value = try Case(directory)
            try body(&value)
        }
    }

    private struct Broken: Error {}

    @Test func aWholeDeltaIsApplied() throws {
        try withCase { value in
            #expect(value.windows.count > 4)
            #expect(try value.apply() == value.windows.reduce(0) { $0 + $1.changes.count })
            try value.expectFresh()
        }
    }

    @Test func anErrorAfterAnyWindowLeavesTheReplicaAsItWas() throws {
        try withCase { value in
            for count in 0...value.windows.count {
                let results = value.windows.prefix(count).map { Result<Window, any Error>.success($0) } + [.failure(Broken())]
                #expect(throws: Broken.self) { try value.apply(results) }
                try value.expectUnchanged()
            }
        }
    }

    @Test func aMissingWindowIsADigestMismatch() throws {
        try withCase { value in
            for index in value.windows.indices where !isMove(value.windows[index]) {
                var windows = value.windows
                let stream = windows.remove(at: index).stream
                let sequence = value.completion.checkpoint.statement.sequence
                #expect(throws: DigestMismatch(stream: stream, sequence: sequence)) { try value.apply(windows) }
                try value.expectUnchanged()
            }
        }
    }

    /// The tombstone of a record that has moved says nothing that its arrival elsewhere does not say too.
    private func isMove(_ window: Window) -> Bool {
        if case .tombstone(let tombstone)? = window.changes.first { tombstone.id.rawValue == 2 } else { false }
    }

    @Test func aWrongCountIsAMismatchEvenWhereTheDigestIsRight() throws {
        try withCase { value in
            let asia = try streamName("investments/asia")
            let streams = try value.completion.streams.map { name, proof in
                guard name == asia, let proof else { return (name: name, proof: proof) }
                let wrong = try StreamProof(
                    salt: proof.salt, lastChange: proof.lastChange, count: proof.count + 1, digestHash: proof.digestHash,
                    path: proof.path)
                return (name: name, proof: wrong)
            }
            value.completion = VerifiedCompletion(checkpoint: value.completion.checkpoint, streams: streams)
            #expect(throws: DigestMismatch(stream: asia, sequence: value.completion.checkpoint.statement.sequence)) {
                try value.apply()
            }
            try value.expectUnchanged()
        }
    }

    @Test func aRecordTooManyIsAMismatch() throws {
        try withCase { value in
            let extra = try #require(
                Record(
                    collection: value.world.grants, id: recordID(99), sequence: value.world.head(),
                    values: value.world.grant("x", "asia")))
            let window = try value.world.window("investments/asia", base: Sequence(3), head: value.world.head(), [.whole(extra)])
            #expect(throws: DigestMismatch.self) { try value.apply(value.windows + [window]) }
            try value.expectUnchanged()
        }
    }

    @Test func aPatchOfARecordThatIsMissingOrElsewhereDoesNotFit() throws {
        try withCase { value in
            let (world, head) = (value.world, try value.world.head())
            let field = PatchedField(try fieldID(4), .integer(1))
            for (id, stream) in [(77, "investments/asia"), (3, "investments/asia"), (1, "investments/europe")]
                as [(Int64, String)]
            {
                let patch = try #require(RecordPatch(collection: world.grants, id: recordID(id), sequence: head, fields: [field]))
                let window = try world.window(stream, base: Sequence(3), head: head, [.patch(patch)])
                #expect { try value.apply([window] + value.windows) } throws: { error in
                    if case ReplicaError.deltaDoesNotFit = error { true } else { false }
                }
                try value.expectUnchanged()
            }
        }
    }

    /// What arrives a second time, or after something newer, changes nothing.
    @Test func whatIsNotNewerIsSkipped() throws {
        try withCase { value in
            let (world, three) = (value.world, Sequence(3))
            let asia = try streamName("investments/asia")
            let old = try #require(
                Record(collection: world.grants, id: recordID(1), sequence: three, values: world.grant("old", "asia")))
            let patch = try #require(
                RecordPatch(
                    collection: world.grants, id: recordID(1), sequence: three, fields: [PatchedField(fieldID(4), .integer(5))]))
            let stale = try [
                world.window("investments/asia", base: .zero, head: three, [.whole(old)]),
                world.window("investments/asia", base: Sequence(1), head: three, [.patch(patch)]),
                world.window("investments/asia", base: .zero, head: three, [.tombstone(tombstone(1, 2, world))]),
                world.window("investments/asia", base: .zero, head: three, [.tombstone(tombstone(1, 3, world))]),
                // Not in the tombstone's stream: it has moved to africa.
                world.window(
                    "investments/europe", base: .zero, head: world.head(),
                    [.tombstone(tombstone(2, world.head().rawValue, world))]),
            ]
            #expect(value.windows.contains { $0.stream == asia })
            try value.apply(value.windows + value.windows + stale)
            try value.expectFresh()
        }
    }

    private func tombstone(_ id: Int64, _ sequence: UInt64, _ world: SmallWorld) throws -> Tombstone {
        Tombstone(collection: world.grants, id: try recordID(id), sequence: Sequence(sequence))
    }

    @Test func aStreamThatTheCompletionDoesNotNameIsRefused() throws {
        try withCase { value in
            let all = value.completion.streams
            for missing in ["investments/europe", "investments/africa"] {
                let rest = all.filter { $0.name.rawValue != missing }
                #expect(rest.count == all.count - 1)
                value.completion = VerifiedCompletion(checkpoint: value.completion.checkpoint, streams: rest)
                #expect { try value.apply() } throws: { isMisfit($0, naming: missing) }
                try value.expectUnchanged()
            }
        }
    }

    private func isMisfit(_ error: any Error, naming text: String) -> Bool {
        if case ReplicaError.deltaDoesNotFit(let what) = error { what.contains(text) } else { false }
    }

    @Test func onlyTheContinuationOfWhatIsHeldIsApplied() throws {
        try withCase { value in
            let statement = value.completion.checkpoint.statement
            let other = try #require(UniqueID(bytes: Array(repeating: 9, count: 16)))
            let cases: [(UniqueID, UInt64, UInt64, String)] = [
                (other, 7, 7, "dataset"), (statement.dataset, 8, 7, "epoch"), (statement.dataset, 7, 2, "it ends at r2"),
            ]
            for (dataset, epoch, sequence, word) in cases {
                let head = HeadState(
                    dataset: dataset, epoch: Epoch(epoch), sequence: Sequence(sequence), chain: statement.chain,
                    root: statement.root)
                let completion = VerifiedCompletion(
                    checkpoint: try value.world.keys.sign(head), streams: value.completion.streams)
                var changed = value
                changed.completion = completion
                #expect { try changed.apply() } throws: { isMisfit($0, naming: word) }
                try value.expectUnchanged()
            }
        }
    }

    @Test func aWindowOnAHigherBaseIsRefused() throws {
        try withCase { value in
            let head = try value.world.head()
            let window = try value.world.window(
                "investments/asia", base: Sequence(4), head: head, [.tombstone(tombstone(1, 5, value.world))])
            #expect { try value.apply([window]) } throws: { isMisfit($0, naming: "rests on r4") }
            #expect {
                try FirstCopy(path: value.path).build(
                    value.windows.map { .success($0) }, until: value.completion, now: TestKeys.now)
            } throws: {
                isMisfit($0, naming: "rests on")
            }
            try value.expectUnchanged()
        }
    }

    @Test func aReaderSeesTheOldStateOrTheNewOne() throws {
        try withCase { value in
            let reader = try DatabaseQueue(path: value.path)
            let seen = {
                try reader.read { try String.fetchAll($0, sql: "SELECT f1 || stream || sequence FROM grants ORDER BY 1") }
            }
            let old = try seen()
            var during: [[String]] = []
            let windows = value.windows.lazy.map { window -> Result<Window, any Error> in
                Result {
                    during.append(try seen())
                    return window
                }
            }
            let replica = try ReplicaDatabase.open(path: value.path)
            _ = try replica.apply(windows, until: value.completion, now: TestKeys.now)
            #expect(during.count == value.windows.count)
            #expect(during.allSatisfy { $0 == old })
            #expect(try seen() != old)
            try replica.close()
        }
    }
}

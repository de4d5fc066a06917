import AlmanacClient
import AlmanacModel
import AlmanacReplica
import NIOConcurrencyHelpers
import TestSupport
import Testing

/// What is written without a network reaches the authority once, and is seen by its author all the time.
@Suite struct PushTests {
    private struct Scene {
        let folder: TemporaryFolder
        let authority: TestAuthority
        let relay: Relay
        let laptop: Laptop
        let record: RecordID

        init(role: Role = .annotator) async throws {
            folder = try TemporaryFolder()
            authority = try TestAuthority(folder)
            var commits = TestCommits(seed: 1)
            try commits.fill(authority, count: 20)
            try authority.makeTeam("apac", members: ["lea"])
            relay = try await Relay()
            relay.lead(to: try await authority.serve())
            laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port, role: role))
            try await laptop.sync()
            record = try #require(RecordID(1))
        }

        func note(_ text: String) throws -> Change {
            try Laptop.note(text, on: TestAuthority.clusters, record, team: "apac")
        }

        func end() async throws {
            try await authority.stop()
            try await relay.close()
        }
    }

    private static let notes = "SELECT id, text, author, stream FROM almanac_annotations ORDER BY text"

    private static func id(_ generator: inout SeededGenerator) throws -> UniqueID {
        try #require(UniqueID(random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }))
    }

    @Test func aNoteIsSeenAtOnceAndAfterASyncAsTheAuthorityHasIt() async throws {
        let scene = try await Scene()
        var generator = SeededGenerator(seed: 3)
        let operation = try Self.id(&generator)
        try scene.laptop.write([scene.note("Fund II closed")], id: operation)
        #expect(
            try scene.laptop.ask(Self.notes) == [
                [.integer(-1), .text("Fund II closed"), .text("lea"), .text("team/apac")]
            ])
        try scene.laptop.verify()

        let summary = try await scene.laptop.sync()
        #expect(summary.pushed.applied.map(\.id) == [operation])
        let reached = try #require(summary.pushed.reached)
        #expect(summary.to == reached, "the sync ends where its author sees the effect")
        #expect(
            try scene.laptop.ask(Self.notes) == [
                [.integer(1), .text("Fund II closed"), .text("lea"), .text("team/apac")]
            ])
        try scene.laptop.verify()
        try WorkingCopy.read(scene.laptop.context) { copy in
            #expect(try copy.pending().isEmpty)
            let made = try copy.record(.made(AnnotationSchema.collection, by: operation, index: 0))
            #expect(made?.name == .id(AnnotationSchema.collection, try #require(RecordID(1))))
        }
        #expect(try await scene.laptop.sync().pushed == .nothing)
        try await scene.end()
    }

    /// THREATS row 7: each is sent again and again over connections that are cut anywhere, and has one effect.
    @Test(arguments: [21, 22] as [UInt64])
    func threats7ACutPushHasOneEffect(seed: UInt64) async throws {
        print("seed \(seed)")
        let scene = try await Scene()
        var generator = SeededGenerator(seed: seed)
        var texts: Set<String> = []
        var cuts = 0
        let session = PushSession(scene.laptop.context, interruption: Interruption())
        for number in 0..<30 {
            try scene.laptop.write([scene.note("note \(number)")], id: try Self.id(&generator))
            texts.insert("note \(number)")
            // Somewhere in the handshake, in the hello, or in the receipts.
            scene.relay.lead(
                to: try await scene.authority.restart(unless: Int.random(in: 0..<6, using: &generator) != 0),
                cutAfter: Int.random(in: 0...5_000, using: &generator))
            if await session.run().failure != nil { cuts += 1 }
        }
        scene.relay.lead(to: try await scene.authority.restart(unless: false))
        try await scene.laptop.sync()
        #expect(cuts > 5, "a fault that was never injected")
        let found = try scene.laptop.ask("SELECT text FROM almanac_annotations ORDER BY text")
        #expect(found == texts.sorted().map { [.text($0)] })
        #expect(try scene.laptop.context.outboxCounts().isEmpty)
        try scene.laptop.verify()
        try await scene.end()
    }

    @Test func twoPushesAtOnceHaveOneEffect() async throws {
        let scene = try await Scene()
        var generator = SeededGenerator(seed: 5)
        for number in 0..<30 { try scene.laptop.write([scene.note("note \(number)")], id: try Self.id(&generator)) }
        let session = PushSession(scene.laptop.context, interruption: Interruption())
        async let first = session.run()
        async let second = session.run()
        let failures = await [first, second].compactMap(\.failure)
        #expect(failures.isEmpty)
        try await scene.laptop.sync()
        #expect(
            try scene.laptop.ask("SELECT count(*), count(DISTINCT text) FROM almanac_annotations") == [
                [.integer(30), .integer(30)]
            ])
        try await scene.end()
    }

    @Test func whatIsRefusedIsSetAsideAndHoldsNothingUp() async throws {
        let scene = try await Scene()
        var generator = SeededGenerator(seed: 6)
        let cluster = RecordName.id(TestAuthority.clusters, scene.record)
        let edit = FieldEdit(try #require(FieldID(3)), .value(base: .value(.integer(1)), new: .value(.integer(99))))
        let refused = try Self.id(&generator)
        try scene.laptop.write([.edit(cluster, [edit])], id: refused)
        try scene.laptop.write([scene.note("behind it")], id: try Self.id(&generator))
        let summary = try await scene.laptop.sync()
        #expect(summary.pushed.rejected.map(\.id) == [refused])
        #expect(try scene.laptop.ask("SELECT text FROM almanac_annotations") == [[.text("behind it")]])
        #expect(try scene.laptop.ask("SELECT rank FROM clusters WHERE id = 1") == [[.integer(1)]])
        #expect(try scene.laptop.context.outboxCounts().rejected == 1)
        #expect(throws: ClientError.self) { try scene.laptop.store.forget(scene.laptop.context) }
        try await scene.end()
    }

    @Test func whatIsWrittenWhileFollowingIsPushed() async throws {
        let scene = try await Scene()
        var generator = SeededGenerator(seed: 7)
        let interruption = Interruption()
        let (steps, continuation) = AsyncStream.makeStream(of: SyncSummary.self)
        let context = scene.laptop.context
        let following = Task {
            try await SyncSession(context, interruption: interruption).follow { continuation.yield($0) }
        }
        var steady = steps.makeAsyncIterator()
        _ = await steady.next()
        try scene.laptop.write([scene.note("written meanwhile")], id: try Self.id(&generator))
        while try scene.laptop.ask("SELECT count(*) FROM almanac_annotations WHERE id > 0") == [[.integer(0)]] {
            _ = await steady.next()
        }
        #expect(try scene.laptop.ask(Self.notes).count == 1)
        _ = interruption.request()
        await #expect(throws: (any Error).self) { try await following.value }
        try await scene.end()
    }
}

import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacServer
import Testing

/// Annotations on a laptop whose authority cannot be reached, and after it can.
@Suite struct AnnotationTests {
    private struct Scene {
        let folder: TemporaryFolder
        let authority: TestAuthority
        let relay: Relay
        let laptop: Laptop

        init() async throws {
            folder = try TemporaryFolder()
            authority = try TestAuthority(folder)
            var commits = TestCommits(seed: 1)
            try commits.fill(authority, count: 20)
            try authority.makeTeam("apac", members: ["lea", "tom"])
            relay = try await Relay()
            relay.lead(to: try await authority.serve())
            laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port, role: .annotator))
            try await laptop.sync()
        }

        func annotate(_ text: String, field: String? = nil) throws -> SavedChange {
            let now = SystemClock.now()
            let proposal = try laptop.context.authoring { authoring in
                let target = try TargetFinder(authoring.working).find("clusters/1", field: field)
                let annotation = try NewAnnotation(.note, of: target, for: authoring.team(named: nil), in: authoring)
                return try annotation.proposal(text, authoring, id: .fresh(), now: now)
            }
            return try laptop.context.save(proposal, now: now)
        }

        func change(_ id: String, _ body: (AnnotationChange) throws -> Proposal) throws {
            let now = SystemClock.now()
            let proposal = try laptop.context.annotations { book, authoring in
                try body(AnnotationChange(book.find(id), in: book, authoring, id: .fresh(), now: now))
            }
            _ = try laptop.context.save(proposal, now: now)
        }

        func only() throws -> Annotation {
            try laptop.context.annotations { book, _ in
                #expect(book.all.count == 1)
                return try #require(book.all.first)
            }
        }

        func anchorState() throws -> String? {
            try laptop.context.annotations { book, authoring in
                let anchor = try #require(book.all.first?.anchor)
                return try AnchorReader(authoring).state(of: anchor).sentence(of: anchor)
            }
        }

        /// Changes the first cluster, or deletes it.
        func revise(rank: Int64?) throws {
            let database = try authority.open()
            defer { try? database.close() }
            try database.commit(author: "test", message: "revised", time: Clock.system.now()) { session in
                let id = try #require(RecordID(1))
                guard let rank else { return try session.delete(TestAuthority.clusters, id) }
                let fields = [
                    FieldValue(try #require(FieldID(1)), .text("one")), FieldValue(try #require(FieldID(3)), .integer(rank)),
                ]
                try session.put(TestAuthority.clusters, id, fields)
            }
        }

        func end() async throws {
            try await authority.stop()
            try await relay.close()
        }
    }

    @Test func onATrainItIsWrittenReadChangedAndTakenBack() async throws {
        let scene = try await Scene()
        try await scene.end()
        let saved = try scene.annotate("Fund II closed")
        #expect(saved.sentence == "\(saved.shortID) saved here; 2 people of team apac will see it; not sent yet")
        #expect(try scene.only().pending == .waiting)
        #expect(try scene.only().author == "lea")

        try scene.change(saved.shortID) { try $0.edit(text: "Fund II closed, EUR 40m", adding: ["deal"]) }
        #expect(try scene.only().text == "Fund II closed, EUR 40m")
        #expect(try scene.only().tags == ["deal"])
        try scene.change(saved.shortID) { try $0.state(.resolved) }
        #expect(try scene.only().state == "resolved")

        let operations = try scene.laptop.context.unsentOperations(of: scene.only())
        #expect(operations?.count == 3)
        try scene.laptop.context.drop(operations ?? [])
        #expect(try scene.laptop.context.annotations { book, _ in book.all.isEmpty })
        #expect(try scene.laptop.entries().isEmpty)
    }

    @Test func whatWasAnsweredIsNotTakenBackButDeleted() async throws {
        let scene = try await Scene()
        let saved = try scene.annotate("Fund II closed")
        try scene.change(saved.shortID) { try $0.reply("which one?") }
        let made = try scene.laptop.context.annotations { book, _ in try book.find(saved.shortID) }
        #expect(try scene.laptop.context.unsentOperations(of: made) == nil)
        try await scene.laptop.sync()
        let threads = try scene.laptop.context.annotations { book, _ in book.threads }
        #expect(threads.map { $0.all.map(\.text) } == [["Fund II closed", "which one?"]])
        #expect(threads.allSatisfy { $0.all.allSatisfy { $0.pending == nil && $0.author == "lea" } })
        try scene.change(threads[0].replies[0].id.description) { try $0.delete() }
        try await scene.laptop.sync()
        #expect(try scene.only().text == "Fund II closed")
        try await scene.end()
    }

    @Test func aRevisedFigureAndAGoneRecordAreTold() async throws {
        let scene = try await Scene()
        try scene.revise(rank: 3)
        try await scene.laptop.sync()
        _ = try scene.annotate("is this so?", field: "rank")
        #expect(try scene.anchorState() == nil)
        try scene.revise(rank: 4)
        try await scene.laptop.sync()
        #expect(try scene.anchorState() == "the value has changed since: 3 became 4")
        try scene.revise(rank: nil)
        try await scene.laptop.sync()
        #expect(try scene.anchorState() == "the record is gone; it was clusters/one")
        try await scene.end()
    }
}

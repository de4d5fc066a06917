import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire
import Foundation
import Testing

/// Two laptops of one analyst, one of a colleague and a curator's share what they write, with the network taken away and given back.
@Suite struct TeamworkTests {
    private struct Scene {
        let folder: TemporaryFolder
        let authority: TestAuthority
        let port: Int

        init() async throws {
            folder = try TemporaryFolder()
            authority = try TestAuthority(folder)
            var commits = TestCommits(seed: 1)
            try commits.fill(authority, count: 20)
            try authority.makeTeam("apac", members: ["lea", "ben", "max"])
            port = try await authority.serve()
        }

        func laptop(_ person: String, _ device: String? = nil, role: Role = .annotator) async throws -> Laptop {
            let laptop = try await Laptop(folder, device ?? person, link: authority.invite(person, port: port, role: role))
            try await laptop.sync()
            // What was there before is no news.
            #expect(try laptop.news().isEmpty)
            return laptop
        }

        func end() async throws { try await authority.stop() }
    }

    /// Both laptops of lea have changed the same line; the first one to sync was `b`.
    private func conflict(_ a: Laptop, _ b: Laptop) async throws -> Conflict {
        let id = try a.annotate("clusters/cluster-1", "Fund II closed")
        try await a.sync()
        try await b.sync()
        try a.change(id) { try $0.edit(text: "Fund II closed, EUR 40m") }
        try b.change(id) { try $0.edit(text: "Fund II delayed") }
        try await b.sync()
        try await a.sync()
        let found = try a.conflicts()
        #expect(found.count == 1)
        let conflict = try #require(found.first)
        #expect(
            [conflict.base, conflict.mine, conflict.server] == ["Fund II closed", "Fund II closed, EUR 40m", "Fund II delayed"])
        return conflict
    }

    struct Way: Sendable, CustomTestStringConvertible {
        let choice: ConflictChoice
        let text: String?
        let left: [String: String]
        let says: String
        var testDescription: String { choice.rawValue }
    }

    static let ways = [
        Way(
            choice: .mine, text: nil, left: ["Fund II closed, EUR 40m": "open"], says: "your text replaces the server's"),
        Way(choice: .server, text: nil, left: ["Fund II delayed": "open"], says: "the server's text kept"),
        Way(
            choice: .both, text: nil, left: ["Fund II delayed": "open", "Fund II closed, EUR 40m": "reply"],
            says: "the server's text kept; yours became reply "),
        Way(
            choice: .edit, text: "Fund II delayed, EUR 40m", left: ["Fund II delayed, EUR 40m": "open"],
            says: "the new text replaces both"),
    ]

    @Test(arguments: ways) func aConflictIsResolvedOnce(_ way: Way) async throws {
        let scene = try await Scene()
        let (a, b) = (try await scene.laptop("lea", "lea-a"), try await scene.laptop("lea", "lea-b"))
        let ben = try await scene.laptop("ben")
        let conflict = try await conflict(a, b)
        #expect(try a.context.conflictCount() == 1)

        #expect(try a.resolve(conflict, way.choice, text: way.text).hasPrefix(way.says))
        #expect(try a.conflicts().isEmpty, "what was resolved here does not wait any more")
        for laptop in [a, b, ben] {
            try await laptop.sync()
            #expect(try laptop.annotations() == way.left)
            #expect(try laptop.conflicts().isEmpty)
            try laptop.verify()
        }
        #expect(throws: ConflictError.self) {
            let known = try b.context.authoring { try ConflictBook($0).find(conflict.shortID) }
            try b.resolve(known, .mine)
        }
        try await scene.end()
    }

    @Test func aColleagueResolvesByAReplyThatSaysWhoseTextItIs() async throws {
        let scene = try await Scene()
        let (a, b) = (try await scene.laptop("lea", "lea-a"), try await scene.laptop("lea", "lea-b"))
        let ben = try await scene.laptop("ben")
        _ = try await conflict(a, b)
        try await ben.sync()
        let conflict = try #require(try ben.conflicts().first)
        #expect(throws: WritingError.self, "only its author may change the text") { try ben.resolve(conflict, .mine) }
        try ben.resolve(conflict, .both)
        try await ben.sync()
        try await a.sync()
        #expect(
            try a.annotations() == ["Fund II delayed": "open", "lea wrote:\n\nFund II closed, EUR 40m": "reply"])
        try await scene.end()
    }

    @Test func theTextOfADeletedAnnotationBecomesANewOne() async throws {
        let scene = try await Scene()
        let (a, b) = (try await scene.laptop("lea", "lea-a"), try await scene.laptop("lea", "lea-b"))
        let id = try a.annotate("clusters/cluster-1", "Fund II closed")
        try await a.sync()
        try await b.sync()
        try b.change(id) { try $0.delete() }
        try a.change(id) { try $0.edit(text: "Fund II closed, EUR 40m") }
        try await b.sync()
        try await a.sync()
        let conflict = try #require(try a.conflicts().first)
        #expect(conflict.kind == .deleted)
        try a.resolve(conflict, .mine)
        for laptop in [a, b] {
            try await laptop.sync()
            #expect(try laptop.annotations() == ["Fund II closed, EUR 40m": "open"])
        }
        try await scene.end()
    }

    @Test func twoCuratorsKeepBothFiguresUntilOneIsChosen() async throws {
        let scene = try await Scene()
        let (max, ada) = (try await scene.laptop("max", role: .curator), try await scene.laptop("ada", role: .curator))
        for (laptop, rank) in [(max, "71"), (ada, "72")] {
            try laptop.curate { curation, authoring in
                try curation.set(
                    TargetFinder(authoring.working).find("clusters/cluster-1"), [try #require(Assignment("rank=\(rank)"))],
                    unset: [],
                    message: "read again", source: nil
                ).0
            }
        }
        try await max.sync()
        try await ada.sync()
        let conflict = try #require(try ada.conflicts().first)
        #expect([conflict.mine, conflict.server, conflict.serverAuthor] == ["72", "71", "max"])
        #expect(throws: ConflictError.self, "a number cannot be both") { try ada.resolve(conflict, .both) }
        try ada.resolve(conflict, .mine)
        try await ada.sync()
        try await max.sync()
        #expect(try max.ask("SELECT rank FROM clusters WHERE key = 'cluster-1'") == [[.integer(72)]])
        #expect(try max.conflicts().isEmpty)
        try await scene.end()
    }

    @Test func aCorrectionIsAcceptedInACommitThatCreditsBoth() async throws {
        let scene = try await Scene()
        let (lea, max) = (try await scene.laptop("lea"), try await scene.laptop("max", role: .curator))
        let id = try lea.annotate(
            "clusters/cluster-1", field: "rank", "The report says so", kind: .correction, value: "99", source: "GII 2025")
        try await lea.sync()
        try await max.sync()
        let now = SystemClock.now()
        let acceptance = try max.context.annotations { book, authoring in
            try Curation(authoring, id: .fresh(), now: now).accept(book.find(id.description), called: "a7f3", message: nil)
        }
        #expect(acceptance.caveat == nil)
        _ = try max.context.save(acceptance.proposal, now: now)
        try await max.sync()
        let summary = try await lea.sync()
        #expect(summary.commit?.author == "max, correction by lea")
        let message = try #require(summary.commit?.message).description
        for part in ["clusters/cluster-1", "became 99", "lea", "max", "GII 2025"] { #expect(message.contains(part)) }
        #expect(try lea.ask("SELECT rank FROM clusters WHERE key = 'cluster-1'") == [[.integer(99)]])
        #expect(try lea.annotations() == ["The report says so": "accepted"])
        #expect(try lea.news().map(\.kind) == [.accepted], "not that the figure was revised")
        #expect(throws: CuratingError.self) {
            try max.context.annotations { book, authoring in
                _ = try Curation(authoring, id: .fresh(), now: now).accept(
                    book.find(id.description), called: "a7f3", message: nil)
            }
        }
        try await scene.end()
    }

    // MARK: Notices

    @Test func whatConcernsSomebodyIsToldOnce() async throws {
        let scene = try await Scene()
        let (lea, ben) = (try await scene.laptop("lea"), try await scene.laptop("ben"))
        let max = try await scene.laptop("max", role: .curator)
        let id = try lea.annotate("clusters/cluster-1", field: "rank", "Is this right?", kind: .question)
        try await lea.sync()
        #expect(try lea.news().isEmpty, "one's own words are no news")
        try await ben.sync()
        try ben.change(id) { try $0.reply("No, @lea, ask @max") }
        try await ben.sync()
        try await max.sync()
        #expect(try max.news().map(\.kind) == [.mention])
        try max.curate { curation, authoring in
            try curation.set(
                TargetFinder(authoring.working).find("clusters/cluster-1"), [try #require(Assignment("rank=50"))], unset: [],
                message: "read again", source: nil
            ).0
        }
        try await max.sync()
        #expect(try max.news().isEmpty)

        try await lea.sync()
        let news = try lea.news()
        #expect(news.map(\.kind) == [.reply, .revised], "a reply that mentions is told once")
        #expect(news.last?.sentence.contains("1 became 50") == true)
        #expect(try lea.news().isEmpty)
        try await lea.sync()
        #expect(try lea.news().isEmpty)
        #expect(try lea.context.toldNotices().count == 2)

        try max.curate { curation, authoring in
            try curation.set(
                TargetFinder(authoring.working).find("clusters/cluster-1"), [try #require(Assignment("rank=51"))], unset: [],
                message: "and again", source: nil
            ).0
        }
        try await max.sync()
        try await lea.sync()
        #expect(try lea.news().map(\.kind) == [.revised], "another value is news again")
        try await scene.end()
    }

    @Test func aRefusalIsToldOnceAndCanBeTriedAgain() async throws {
        let scene = try await Scene()
        let lea = try await scene.laptop("lea")
        try lea.annotate("clusters/cluster-1", "while I belong to the team")
        let admin = try await scene.laptop("ada", role: .administrator)
        try admin.changeTeam { try $0.remove("lea", from: "apac") }
        try await admin.sync()
        let ending = try await lea.context.ending(of: lea.sync())
        #expect(ending.status == .partlyDone)
        #expect(try ending.refused == lea.context.outboxBook().open.map(lea.context.outboxBook().shortID))
        let news = try lea.news()
        #expect(news.map(\.kind) == [.rejected])
        #expect(try lea.news().isEmpty)
        let book = try lea.context.outboxBook()
        let entry = try #require(book.open.first)
        #expect(book.progress(of: entry).code == "rejected")
        #expect(throws: WritingError.self, "it would be refused again") {
            try lea.context.retry(entry, as: .fresh(), now: SystemClock.now())
        }

        try admin.changeTeam { try $0.add("lea", to: "apac", asOwner: false) }
        try await admin.sync()
        try await lea.sync()
        let again = try lea.context.retry(entry, as: .fresh(), now: SystemClock.now())
        try await lea.sync()
        #expect(try lea.annotations() == ["while I belong to the team": "open"])
        let after = try lea.context.outboxBook()
        #expect(after.open.isEmpty)
        #expect(after.entries.map { after.progress(of: $0).code } == ["retried", "done"])
        #expect(after.entries.last?.id == again.id)
        try await scene.end()
    }

    // MARK: Teams

    /// THREATS row 13: what a team writes comes with membership, and goes with it.
    @Test func threat13_accessFollowsMembership() async throws {
        let scene = try await Scene()
        let ada = try await scene.laptop("ada", role: .administrator)
        let (lea, eve) = (try await scene.laptop("lea"), try await scene.laptop("eve"))
        _ = try await scene.laptop("ben")
        try lea.annotate("clusters/cluster-1", "CANARY-7731")
        try await lea.sync()
        try await eve.sync()
        #expect(try eve.annotations().isEmpty)

        #expect(throws: WritingError.self) { try eve.changeTeam { try $0.create("emea", owners: ["eve"]) } }
        try ada.changeTeam { try $0.create("emea", title: "Europe", owners: ["eve"]) }
        try ada.changeTeam { try $0.add("eve", to: "apac", asOwner: false) }
        try await ada.sync()
        #expect(try ada.context.outboxCounts().isEmpty)
        try await eve.sync()
        #expect(try eve.annotations() == ["CANARY-7731": "open"])
        try eve.context.authoring { #expect($0.ownTeams.map(\.rawValue) == ["apac", "emea"]) }
        try eve.changeTeam { try $0.add("ben", to: "emea", asOwner: true) }
        #expect(throws: WritingError.self, "not an owner there") {
            try eve.changeTeam { try $0.remove("lea", from: "apac") }
        }

        try lea.annotate("clusters/cluster-1", "CANARY-7732 for @eve")
        try await lea.sync()
        try await eve.sync()
        #expect(try eve.news().map(\.kind) == [.mention])
        #expect(try eve.context.toldNotices().map(\.notice.sentence).joined().contains("CANARY-7732"))

        try ada.changeTeam { try $0.remove("eve", from: "apac") }
        try await ada.sync()
        try await eve.sync()
        #expect(try eve.annotations().isEmpty)
        #expect(try eve.context.toldNotices().isEmpty)
        #expect(try !String(contentsOfFile: "\(eve.context.paths.data)/notices", encoding: .utf8).contains("CANARY"))
        #expect(try !eve.state().streams.contains { $0.name.rawValue == "team/apac" })
        try await scene.end()
    }
}

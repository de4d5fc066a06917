import TestSupport
import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// Streams come and go in a replica while records come, go and move between them: it is always what a fresh copy of the same streams is.
@Suite struct StreamsTests {
    private static let choices: [[String]] = [
        ["*"], [], ["investments/asia"], ["investments/asia", "investments/europe"], ["investments/*"],
        ["investments/north-america", "investments/latin-america"],
    ]

    private static let collections: Set = ["investments"]

    @Test(arguments: [21, 22, 23] as [UInt64])
    func anySubscriptionIsAFreshCopy(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        var generator = SeededGenerator(seed: seed)
        try commits.fill(authority, count: 150)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        var follower = FeedFollower()
        var (joined, left) = (0, 0)
        for round in 0..<9 {
            let wanted = try #require(Self.choices.randomElement(using: &generator))
            try laptop.subscribe(wanted)
            // Sometimes nothing but the subscription changes.
            if round % 3 != 0 { try commits.change(authority, count: 60) }
            let summary = try await laptop.sync(full: round == 5)
            (joined, left) = (joined + summary.joined.count, left + summary.left.count)
            try laptop.verify()
            let fresh = try await Laptop(folder, "ben\(round)", link: authority.invite("ben\(round)", port: port))
            try fresh.subscribe(wanted)
            try await fresh.sync()
            #expect(try laptop.contents() == fresh.contents(), "round \(round): \(wanted)")
            #expect(try laptop.state().streams.map(\.name) == fresh.state().streams.map(\.name))
            // Whichever of the two ways is taken, the feed goes on; a full copy now and then is no hindrance.
            let since = Bool.random(using: &generator) ? .lastSync : ChangesRequest.Since.position(follower.position)
            if summary.hasMovedRecords { try follower.take(laptop.changes(since: since)) }
            #expect(
                follower.places(in: Self.collections) == (try laptop.places(in: Self.collections)), "round \(round): \(since)")
            #expect(follower.records == (try FeedFollower(laptop).records), "round \(round): \(wanted)")
        }
        #expect(joined > 2 && left > 2, "streams that never came or went")
        try await authority.stop()
    }

    /// Nothing is committed: what comes and goes with the subscription is told all the same, to everybody who asks.
    @Test func streamsThatJoinAndLeaveAtOneHeadAreTold() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 9)
        try commits.fill(authority, count: 100)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try laptop.subscribe(["investments/asia"])
        let first = try await laptop.sync()
        let head = FeedPosition(first.to.sequence)
        #expect(try laptop.changes(since: .position(head)).lines.isEmpty)
        var (bare, exact) = (try FeedFollower(laptop), try FeedFollower(laptop))

        for wanted in [
            ["investments/asia", "investments/europe"], ["investments/europe"], ["investments/*"], ["investments/asia"],
        ] {
            try laptop.subscribe(wanted)
            let summary = try await laptop.sync()
            #expect(summary.from == summary.to && summary.hasMovedRecords)
            try bare.take(laptop.changes(since: .position(head)))
            try exact.take(laptop.changes(since: .position(exact.position)))
            let here = try laptop.places(in: Self.collections)
            #expect(bare.places(in: Self.collections) == here, "\(wanted)")
            #expect(exact.places(in: Self.collections) == here, "\(wanted)")
            #expect(try laptop.changes(since: .position(exact.position)).lines.isEmpty, "nothing is told twice")
        }
        try await authority.stop()
    }

    @Test func aRecordThatMovesBetweenAHeldAndAnUnheldStreamComesAndGoes() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 5)
        try commits.fill(authority, count: 100)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try laptop.subscribe(["investments/asia"])
        try await laptop.sync()
        let held = try laptop.keys("investments")
        let inside = try #require(held.first)
        let outside = try #require(commits.keys.first { !held.contains($0) })

        let before = try laptop.state().cursor.sequence
        try commits.move(authority, inside, to: "Europe")
        try commits.move(authority, outside, to: "Asia")
        try await laptop.sync()
        #expect(try laptop.keys("investments") == held.subtracting([inside]).union([outside]))
        let (lines, summary) = try laptop.changes(since: .position(FeedPosition(before)))
        #expect(summary.records == 1 && summary.deletions == 1 && summary.isComplete)
        #expect(lines.first?.contains("\"deletion\"") == true && lines.first?.contains("\"key\":\"\(inside)\"") == true)
        #expect(lines.last?.contains("\"key\":\"\(outside)\"") == true)

        try commits.move(authority, inside, to: "Asia")
        try commits.move(authority, outside, to: "Europe")
        try await laptop.sync()
        #expect(try laptop.keys("investments") == held)
        try laptop.verify()
        try await authority.stop()
    }

    @Test func whatIsOfferedIsListedAndNothingIsTaken() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 6)
        try commits.fill(authority, count: 400)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try laptop.subscribe(["investments/asia"])
        try await laptop.sync()
        try commits.change(authority)
        let before = try folder.listing("lea")

        let forecast = try await ForecastSession(laptop.context, interruption: Interruption()).everything()
        let others = forecast.streams.filter { !$0.isSubscribed }
        #expect(others.count == 3 && others.allSatisfy { $0.held == nil && $0.entries > 0 && $0.estimate > .zero })
        let next = try await ForecastSession(laptop.context, interruption: Interruption()).nextSync(full: false)
        #expect(next.streams.map(\.name.rawValue) == ["investments/asia", "reference"])
        #expect(try folder.listing("lea") == before, "nothing here has changed")

        let summary = try await laptop.sync()
        #expect(UInt64(summary.changes) == next.entryCount)
        try await authority.stop()
    }

    @Test func aBudgetStopsASyncAndTheNextGoesOn() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 7)
        try commits.fill(authority, count: 12_000)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        var stops = 0
        var received: UInt64 = 0
        while true {
            do {
                try await laptop.sync(limit: ByteCount(100_000))
                break
            } catch let reached as BudgetReached {
                stops += 1
                #expect(reached.fetched >= ByteCount(100_000) && reached.fetched < ByteCount(100_000 + 262_144))
                #expect(reached.cursor == nil && reached.received < reached.announced)
                received += reached.received
            }
        }
        #expect(stops >= 2)
        let fresh = try await Laptop(folder, "ben", link: authority.invite("ben", port: port))
        let summary = try await fresh.sync()
        #expect(received < UInt64(summary.changes), "nothing is fetched twice")
        #expect(try laptop.contents() == fresh.contents())
        try await authority.stop()
    }
}

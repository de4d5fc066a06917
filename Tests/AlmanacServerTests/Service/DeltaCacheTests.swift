import AlmanacModel
@testable import AlmanacReplica
import AlmanacRules
import AlmanacWire
import NIOCore
import Testing

@testable import AlmanacServer

@Suite struct DeltaCacheTests {
    private func head(_ sequence: UInt64, epoch: UInt64 = 1) throws -> HeadState {
        HeadState(
            dataset: try #require(UniqueID(bytes: [UInt8](repeating: 1, count: 16))), epoch: Epoch(epoch),
            sequence: Sequence(sequence), chain: .zero, root: .zero)
    }

    private func key(_ base: UInt64 = 0, granted: [StreamPattern] = []) -> DeltaCache.Key {
        let bases = [StreamBase(stream: .reference, base: Sequence(base), position: Position(after: Sequence(base)))]
        let request = DeltaRequest(epoch: nil, streams: bases, patterns: [.all], highestHead: Sequence(base))
        return DeltaCache.Key(request: request, permission: ReadPermission(role: .reader, open: [], granted: granted))
    }

    private func step(_ key: DeltaCache.Key, at head: HeadState) -> DeltaStep {
        DeltaStep(head: head.sequence, outline: nil, windows: [], next: key.request, completion: nil)
    }

    /// Whether it had to be read.
    private func isRead(_ cache: DeltaCache, _ key: DeltaCache.Key, _ head: HeadState) -> Bool {
        var isRead = false
        _ = cache.step(for: key, at: head) {
            isRead = true
            return step(key, at: head)
        }
        return isRead
    }

    @Test func theSameQuestionIsReadOnce() throws {
        let (cache, head) = (DeltaCache(), try head(5))
        #expect(isRead(cache, key(), head))
        #expect(!isRead(cache, key(), head))
        #expect(isRead(cache, key(3), head))
        #expect(cache.counts == DeltaCache.Counts(hits: 1, misses: 2))
    }

    @Test func thoseWhoAskTogetherAreCountedOneByOne() throws {
        let (cache, head) = (DeltaCache(), try head(5))
        #expect(cache.known(key(), at: head, askedBy: 7) == nil)
        #expect(cache.counts == DeltaCache.Counts(hits: 0, misses: 0))
        _ = cache.step(for: key(), at: head, askedBy: 7) { step(key(), at: head) }
        #expect(cache.counts == DeltaCache.Counts(hits: 6, misses: 1))
        #expect(cache.known(key(), at: head, askedBy: 3) != nil)
        #expect(cache.counts == DeltaCache.Counts(hits: 9, misses: 1))
    }

    @Test func threat13_otherRightsAreAnotherQuestion() throws {
        let (cache, head) = (DeltaCache(), try head(5))
        #expect(isRead(cache, key(), head))
        #expect(isRead(cache, key(granted: [.all]), head))
    }

    @Test func nothingOfAnotherHeadIsHandedOut() throws {
        let cache = DeltaCache()
        #expect(isRead(cache, key(), try head(5)))
        #expect(isRead(cache, key(), try head(6)))
        #expect(!isRead(cache, key(), try head(6)))
        #expect(isRead(cache, key(), try head(6, epoch: 2)))
    }

    /// A head that moved between asking for it and reading.
    @Test func whatWasNotReadIsNotKept() throws {
        let (cache, head) = (DeltaCache(), try head(5))
        #expect(cache.step(for: key(), at: head) { nil } == nil)
        #expect(isRead(cache, key(), head))
    }

    @Test func threat6_patternsWeighByWhatTheyAdd() throws {
        let streams = try ["investments/asia", "investments/europe", "reference"].map { try #require(StreamName($0)) }
        func reduced(_ patterns: [String], granted: [StreamPattern] = [.all]) throws -> DeltaCache.Key {
            let patterns = try patterns.map { try #require(StreamPattern($0)) }
            let request = DeltaRequest(epoch: nil, streams: [], patterns: patterns, highestHead: .zero)
            return DeltaCache.Key(
                request: request, permission: ReadPermission(role: .reader, open: [], granted: granted)
            ).reduced(to: streams)
        }
        let both = try reduced(["investments/*"])
        #expect(try reduced(["zz/n1", "investments/*"]) == both)
        #expect(try reduced(["investments/europe", "investments/asia", "zz/n2"]) == both)
        #expect(try reduced(["investments/asia"]) != both)
        #expect(try reduced(["zz/n3"]) == reduced(["zz/n4"]))
        #expect(try reduced(["*"], granted: []) != reduced(["*"]), "rights stay part of the question")
    }

    @Test func threat13_rightsWeighByWhatTheyOpen() throws {
        let streams = try ["people/lea", "rankings", "reference", "team/apac"].map { try #require(StreamName($0)) }
        let apac = try #require(TeamName("apac"))
        func reduced(_ patterns: [String], _ person: String, _ teams: Set<TeamName>) throws -> DeltaCache.Key {
            let patterns = try patterns.map { try #require(StreamPattern($0)) }
            let request = DeltaRequest(epoch: nil, streams: [], patterns: patterns, highestHead: .zero)
            let permission = ReadPermission(role: .annotator, open: [.all], granted: [], person: person, teams: teams)
            return DeltaCache.Key(request: request, permission: permission).reduced(to: streams)
        }
        #expect(try reduced(["rankings"], "lea", [apac]) == reduced(["rankings"], "kim", []))
        #expect(try reduced(["*"], "lea", []) != reduced(["*"], "kim", []), "her own stream")
        #expect(try reduced(["*"], "kim", [apac]) != reduced(["*"], "kim", []))
        let named = StreamBase(stream: .team(apac), base: .zero, position: Position(after: .zero))
        let request = DeltaRequest(epoch: nil, streams: [named], patterns: [], highestHead: .zero)
        let keys = [Set([apac]), []].map { teams in
            DeltaCache.Key(
                request: request, permission: ReadPermission(role: .annotator, open: [.all], granted: [], teams: teams)
            ).reduced(to: streams)
        }
        #expect(keys[0] != keys[1], "a stream that is named and not a pattern's")
        #expect(keys.map { $0.permission.mayRead(.team(apac)) } == [true, false])
    }

    @Test func itStaysWithinItsLimit() throws {
        let (cache, head) = (DeltaCache(limit: .kibibytes(16)), try head(5_000))
        for base in 0..<100 { #expect(isRead(cache, key(UInt64(base)), head)) }
        #expect(isRead(cache, key(0), head), "the oldest is gone")
        #expect(!isRead(cache, key(99), head))
    }
}

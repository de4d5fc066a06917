import AlmanacReplica
import Testing

@testable import AlmanacClient

/// Nothing is told twice, and nothing that is news is left out.
struct NoticeMemoryTests {
    private static func revised(_ now: String) -> Notice {
        Notice(.revised, about: "a7f3", key: "1", state: now, "3 became \(now)")
    }
    private static let reply = Notice(.reply, about: "b102", key: "1", "ben replied")

    @Test func whatWasToldIsNoNews() throws {
        let all = [Self.reply, Self.revised("4")]
        let memory = try NoticeMemory().telling(all, of: all, at: "t")
        #expect(try memory.news(among: all).isEmpty)
        #expect(try memory.news(among: [Self.reply, Self.revised("5")]) == [Self.revised("5")])
        #expect(memory.told(of: all).map(\.notice.sentence) == ["ben replied", "3 became 4"])
        let now = [Self.reply, Self.revised("5")]
        #expect(memory.told(of: now).map(\.notice.sentence) == ["ben replied", "3 became 5"])
    }

    @Test func whatWentAndComesAgainIsNews() throws {
        let memory = try NoticeMemory().telling([Self.revised("4")], of: [Self.revised("4")], at: "t")
        let without = try memory.telling([], of: [], at: "t")
        #expect(try without.news(among: [Self.revised("4")]) == [Self.revised("4")])
        #expect(without.last.isEmpty)
    }

    @Test func onlyTheLastOnesAreKept() throws {
        let many = (0..<NoticeMemory.limit + 50).map { Notice(.mention, about: "\($0)", key: "\($0)", "\($0)") }
        let memory = try NoticeMemory().telling(many, of: many, at: "t")
        #expect(memory.last.count == NoticeMemory.limit)
        #expect(memory.last.last?.key == many.last?.key)
        #expect(try memory.news(among: many).isEmpty, "what cannot be read again was told all the same")
    }

    /// The words of a team stay with the team.
    @Test func noWordsAreKept() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/notices"
        try FileSync.write(Array(#"{"last":[{"sentence":"CANARY"}],"told":{}}"#.utf8), to: path)
        #expect(try NoticeMemory.read(path) == nil)
        let reply = Notice(.reply, about: "b102", key: "1", "CANARY")
        let all = [reply, Notice(.revised, about: "a7f3", key: "2", state: "CANARY", "CANARY")]
        let memory = try NoticeMemory().telling(all, of: all, at: "t")
        try memory.write(to: path)
        #expect(try NoticeMemory.read(path) == memory)
        let content = try #require(try SystemFile.read(path))
        #expect(!String(decoding: content, as: UTF8.self).contains("CANARY"))
    }

    @Test func whatIsGoneIsNotToldAgain() throws {
        let all = [Self.reply, Self.revised("4")]
        let memory = try NoticeMemory().telling(all, of: all, at: "t")
        #expect(memory.told(of: [Self.revised("4")]).map(\.notice.about) == ["a7f3"])
        #expect(try memory.telling([], of: [Self.revised("4")], at: "t").told(of: all).map(\.notice.about) == ["a7f3"])
    }
}

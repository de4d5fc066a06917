import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct SearchQuestionTests {
    private func keys(_ words: String, kind: String? = nil, top: Int? = nil) throws -> [String] {
        try AskedReply(SearchQuestion(words, kind: kind, top: top), StarterDataset.reader()).texts("key", of: "found")
    }

    @Test func accentsAreOptionalBothWays() throws {
        #expect(try keys("sao paulo").first == "cluster/sao-paulo")
        #expect(try keys("São PAULO") == keys("sao paulo"))
    }

    @Test func allWordsHaveToOccur() throws {
        #expect(try keys("semicond manuf", kind: "hub") == ["hub/ny-smart-i-corridor-tech-hub"])
        #expect(try keys("semicond zzz").isEmpty)
    }

    @Test func aliasesAreFound() throws { #expect(try keys("bengaluru", kind: "cluster") == ["cluster/bengaluru"]) }

    @Test func onlyTheKindAskedFor() throws {
        let reply = try AskedReply(SearchQuestion("quantum", kind: "statement"), StarterDataset.reader())
        #expect(try Set(reply.texts("kind", of: "found")) == ["statement"])
        #expect(throws: QuestionError.self) { try keys("x", kind: "nonsense") }
    }

    @Test func nothingIsFoundByNothing() throws { #expect(try keys("–").isEmpty) }

    @Test func whatWasLeftOutIsSaid() throws {
        let reply = try AskedReply(SearchQuestion("cluster", top: 2), StarterDataset.reader())
        #expect(try reply.texts("key", of: "found").count == 2)
        #expect(reply.reply.notes.contains { $0.contains("the first 2") })
    }
}

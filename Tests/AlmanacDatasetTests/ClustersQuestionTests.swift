import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct ClustersQuestionTests {
    private func column(_ name: String, _ question: ClustersQuestion) throws -> [Answer.Cell] {
        let answer = try question.reply(from: StarterDataset.reader()).sections[0].answer
        let index = try #require(answer.columns.firstIndex { $0.name == name })
        return answer.rows.map { $0[index] }
    }

    @Test func theNewestEditionInOrder() throws {
        let names = try column("cluster", ClustersQuestion(top: 3))
        #expect(names == [.text("shenzhen-hong-kong-guangzhou"), .text("tokyo-yokohama"), .text("san-jose-san-francisco")])
        #expect(try column("change", ClustersQuestion(top: 3)) == [.integer(1), .integer(-1), .integer(3)])
    }

    /// The rank is on one page, the shares on another.
    @Test func everyFigureHasItsSource() throws {
        let question = ClustersQuestion(edition: "2025", economy: "KR")
        #expect(try column("source", question) == [.text("wipo-2025-clusters")])
        #expect(try column("shares_source", question) == [.text("yicaiglobal-2025")])
        #expect(try column("counts_source", question) == [.null])
        #expect(try column("shown_sources", question) == [.text("wipo-2025-clusters, yicaiglobal-2025")])
        let before = ClustersQuestion(edition: "2023", by: .patents, economy: "KR", top: 1)
        #expect(try column("shown_sources", before) == [.text("wipo-gii-2023-report")])
    }

    @Test func unknownNamesSuggestNearOnes() throws {
        #expect(throws: QuestionError.self) { try column("rank", ClustersQuestion(edition: "gii-1999")) }
        #expect(throws: QuestionError.self) { try column("rank", ClustersQuestion(economy: "Atlantis")) }
    }
}

import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct NewcomersQuestionTests {
    @Test func thoseThatASourceNames() throws {
        let answer = try NewcomersQuestion().reply(from: StarterDataset.reader()).answer("newcomer")
        #expect(
            Set(try answer.texts("cluster")) == [
                "miami", "phoenix", "mexico-city", "dublin", "oslo", "hamburg", "manchester", "ningbo", "ningde",
            ])
        #expect(try answer.cell("rank", where: "cluster", is: "dublin") == .integer(71))
        #expect(try answer.cell("rank", where: "cluster", is: "miami") == .null)
        #expect(try answer.cell("statement", where: "cluster", is: "ningde") == .text("000-051"))
    }

    @Test func tenStatedNineNamed() throws {
        let reply = try NewcomersQuestion(edition: "2025").reply(from: StarterDataset.reader())
        #expect(reply.notes.contains { $0.contains("000-041") && $0.contains("Ten new clusters") && $0.contains("names 9") })
        #expect(reply.hasNote(with: "Contradiction c12"))
    }

    /// Singapore has no rank of 2024 here, and nobody calls it new.
    @Test func aBlankIsNotNew() throws {
        let dataset = try StarterDataset.reader()
        let answer = try NewcomersQuestion().reply(from: dataset).answer("newcomer")
        #expect(try !answer.texts("cluster").contains("singapore"))
        #expect(try NewcomersQuestion(edition: "2023").reply(from: dataset).answer("newcomer").isEmpty)
        let small = try SmallDataset(SmallDataset.ranking([2020: ["a": "1"], 2021: ["a": "1", "b": "2"]]))
        #expect(try NewcomersQuestion().reply(from: small.reader).answer("newcomer").isEmpty)
    }
}

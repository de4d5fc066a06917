import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct MoversQuestionTests {
    @Test func risenFirstFallenLastWithBothRanks() throws {
        let reply = try MoversQuestion(edition: "2025").reply(from: StarterDataset.reader())
        let answer = try reply.answer("mover")
        #expect(try answer.texts("cluster").first == "delhi")
        #expect(try answer.texts("cluster").last == "tehran")
        #expect(try answer.cell("rank", where: "cluster", is: "bengaluru") == .integer(21))
        #expect(try answer.cell("rank_since", where: "cluster", is: "bengaluru") == .integer(56))
        #expect(try answer.cell("change", where: "cluster", is: "tehran") == .integer(-25))
        for (change, (rank, since)) in zip(
            try answer.integers("change"), zip(try answer.integers("rank"), try answer.integers("rank_since")))
        {
            #expect(try #require(change) == (try #require(since)) - (try #require(rank)))
        }
    }

    @Test func saysWhatIsNotKnown() throws {
        let reply = try MoversQuestion(edition: "2025").reply(from: StarterDataset.reader())
        let ranks = try StarterDataset.reader().rows(
            """
            SELECT count(*) AS n FROM cluster_ranks AS r WHERE r.edition = 'gii-2025' AND r.rank IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM cluster_ranks AS k
                WHERE k.cluster = r.cluster AND k.edition = 'gii-2024' AND k.rank IS NOT NULL)
            """)
        let alone = try #require(ranks.first?.integer("n"))
        #expect(alone > 0)
        #expect(reply.hasNote(with: "\(alone) only in gii-2025"))
    }

    @Test func aChangeOfMethodIsSaidAndStandsInEachRow() throws {
        let dataset = try StarterDataset.reader()
        let changed = try MoversQuestion(edition: "gii-2025").reply(from: dataset)
        #expect(changed.hasNote(with: "The method changed"))
        #expect(try changed.answer("mover").texts("method").allSatisfy { $0 == "changed" })
        let across = try MoversQuestion(edition: "gii-2025", since: "gii-2022").reply(from: dataset)
        #expect(try across.answer("mover").texts("method_change").allSatisfy { $0?.contains("gii-2025") == true })
        let same = try MoversQuestion(edition: "gii-2023").reply(from: dataset)
        #expect(!same.hasNote(with: "method changed"))
        #expect(try same.answer("mover").texts("method").allSatisfy { $0 == nil })
    }

    @Test func ranksOfAllEditionsKeepTheirGaps() throws {
        let answer = try MoversQuestion(edition: "2025").reply(from: StarterDataset.reader()).answer("mover")
        #expect(try answer.cell("ranks", where: "cluster", is: "london") == .text("[null,null,null,20,21,8]"))
        #expect(
            try answer.cell("ranks_editions", where: "cluster", is: "london")
                == .text(#"["gii-2020","gii-2021","gii-2022","gii-2023","gii-2024","gii-2025"]"#))
    }

    @Test func equalChangesAtTheBorderAreAllThere() throws {
        let answer = try MoversQuestion(edition: "2025", top: 2).reply(from: StarterDataset.reader()).answer("mover")
        #expect(try answer.integers("change") == [37, 35, -1, -1, -1, -1, -25])
    }

    @Test func anOlderOneAndOnlyAnOlderOne() throws {
        let dataset = try StarterDataset.reader()
        let answer = try MoversQuestion(edition: "2025", since: "2023").reply(from: dataset).answer("mover")
        #expect(try answer.cell("rank_since", where: "cluster", is: "london") == .integer(20))
        #expect(throws: QuestionError.self) { try MoversQuestion(edition: "2024", since: "2025").reply(from: dataset) }
        #expect(throws: QuestionError.self) { try MoversQuestion(edition: "2024", since: "2024").reply(from: dataset) }
        #expect(throws: QuestionError.self) { try MoversQuestion(since: "2019").reply(from: dataset) }
    }

    @Test func theOldestEditionHasNothingBefore() throws {
        let reply = try MoversQuestion(edition: "gii-2020").reply(from: StarterDataset.reader())
        #expect(try reply.answer("mover").isEmpty)
        #expect(reply.hasNote(with: "oldest"))
    }

    @Test func tiesStayTiesAndUnknownRanksAreNoChange() throws {
        let small = try SmallDataset(
            SmallDataset.ranking(
                [2020: ["a": "1", "b": "1", "c": "3", "d": ""], 2021: ["a": "2", "b": "2", "c": "", "d": "4"]], changed: [2020]))
        let reply = try MoversQuestion().reply(from: small.reader)
        let answer = try reply.answer("mover")
        #expect(try answer.texts("cluster") == ["a", "b"])
        #expect(try answer.integers("change") == [-1, -1])
        #expect(try answer.texts("method") == [nil, nil])
        #expect(reply.hasNote(with: "1 only in e-2021 and 1 only in e-2020"))
    }

    @Test func nothingRankedIsNoCrash() throws {
        let small = try SmallDataset(SmallDataset.ranking([2021: ["a": ""]]))
        #expect(try MoversQuestion().reply(from: small.reader).answer("mover").isEmpty)
        let empty = try SmallDataset([:])
        #expect(throws: QuestionError.self) { try MoversQuestion().reply(from: empty.reader) }
    }
}

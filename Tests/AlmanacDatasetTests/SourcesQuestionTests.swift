import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct SourcesQuestionTests {
    private func sources(_ words: String) throws -> AskedReply {
        try AskedReply(SourcesQuestion(words), StarterDataset.reader())
    }

    @Test func everySourceOnce() throws {
        let dataset = try StarterDataset.reader()
        let count = try dataset.rows("SELECT count(*) AS n FROM sources").first?["n"]
        #expect(try .integer(Int64(sources("").column("source", of: "source").count)) == count)
    }

    @Test func oneWithWhatWasTakenFromIt() throws {
        let reply = try sources("article-002")
        #expect(try reply.column("source", of: "source") == [.text("article-002")])
        #expect(try reply.column("statements", of: "source") == [.integer(85)])
        #expect(try reply.texts("key", of: "statement").count == 85)
        #expect(try !reply.texts("record", of: "record").isEmpty)
    }

    @Test func wordsChoose() throws { #expect(try sources("unctad").texts("source", of: "source").contains("unctad-wir-2025")) }

    /// Counted again, collection by collection.
    @Test func countsAreThoseOfTheRecords() throws {
        let row = try #require(
            try StarterDataset.reader().rows(
                """
                SELECT (SELECT sum(figures) FROM answer_sources) AS figures, (SELECT count(*) FROM observations)
                    + (SELECT count(*) FROM cluster_ranks) + (SELECT count(*) FROM economy_ranks)
                    + (SELECT count(*) FROM cluster_counts) + (SELECT count(*) FROM company_figures) AS records
                """
            ).first)
        #expect(row["figures"] == row["records"])
        #expect(row["figures"] != .integer(0))
    }
}

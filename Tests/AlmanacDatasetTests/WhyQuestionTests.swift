import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct WhyQuestionTests {
    private func why(_ key: String) throws -> AskedReply { try AskedReply(WhyQuestion(key), StarterDataset.reader()) }

    @Test func aStatementWithWhatItBecameAndWhatDisagrees() throws {
        let reply = try why("000-019")
        #expect(try reply.texts("statement", of: "statement").first == "Foreign direct investment fell by 11 percent in 2024")
        #expect(try reply.texts("value_printed", of: "statement").first == "-11")
        #expect(try reply.texts("shown", of: "statement").first == "-11 %")
        #expect(try reply.texts("record", of: "record") == ["fact/000-019"])
        #expect(try reply.texts("contradiction", of: "contradiction") == ["x01"])
    }

    @Test func conflictsCountBothWays() throws {
        let reply = try why("000-004")
        #expect(try reply.texts("key", of: "conflicting_statement").contains("001-002"))
        #expect(try why("001-002").texts("key", of: "conflicting_statement").contains("000-004"))
    }

    @Test func aRecordWithSourceEditionAndMethod() throws {
        let reply = try why("gii-2025/beijing")
        #expect(try reply.texts("source_url", of: "record").first?.hasPrefix("https://www.wipo.int/") == true)
        #expect(try reply.texts("method_change", of: "record").first?.contains("Venture capital") == true)
        #expect(try why("fact/000-019").texts("statement", of: "record") == ["000-019"])
    }

    @Test func aRecordWithoutARankSaysWhatItHas() throws {
        #expect(try why("gii-2020/cambridge").texts("shown", of: "record") == ["Cluster rank by intensity 1"])
        let tokyo = try why("gii-2025/tokyo-yokohama")
        #expect(try tokyo.texts("shown", of: "record") == ["2"])
        #expect(try tokyo.texts("figures", of: "record").first?.contains("10.3 percent (qqdbkk-2025)") == true)
    }

    /// Whatever a record's key is, it can be asked for.
    @Test func everyKindOfRecordHasAReason() throws {
        let dataset = try StarterDataset.reader()
        let kinds = try dataset.rows("SELECT kind, min(record) AS record FROM answer_why GROUP BY kind")
        #expect(kinds.count == 14)
        for row in kinds {
            let (kind, record) = (try #require(row.text("kind")), try #require(row.text("record")))
            let reply = try AskedReply(WhyQuestion(record), dataset)
            #expect(try reply.texts("kind", of: "record").contains(kind), "\(record)")
        }
    }

    @Test func anUnknownKeySuggestsThoseOfTheSameArticle() throws {
        let error = #expect(throws: QuestionError.self) { try why("000-999") }
        #expect(error?.advice?.contains("000-001") == true)
    }
}

import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct ShowQuestionTests {
    private func show(_ name: String) throws -> AskedReply { try AskedReply(ShowQuestion(name), StarterDataset.reader()) }

    @Test func aClusterGoesBeforeItsNamesakes() throws {
        let reply = try show("Beijing")
        #expect(try reply.column("key", of: "subject") == [.text("cluster/beijing")])
        #expect(reply.reply.notes.contains { $0.contains("place/beijing") })
        #expect(try show("place/beijing").column("key", of: "subject") == [.text("place/beijing")])
    }

    @Test(arguments: ["sao paulo", "SÃO PAULO", "cluster/sao-paulo"])
    func accentsAndCaseAreOptional(_ name: String) throws {
        #expect(try show(name).column("key", of: "subject") == [.text("cluster/sao-paulo")])
    }

    /// What is said of a city is not said of the cluster around it.
    @Test func placesAreLinkedButNotMerged() throws {
        let cluster = try show("cluster/shenzhen-hong-kong-guangzhou")
        let place = try show("place/shenzhen")
        #expect(cluster.reply.notes.contains { $0.contains("almanac show place/shenzhen") })
        let ofPlace = Set(try place.texts("record", of: "statement"))
        #expect(!ofPlace.isEmpty)
        #expect(ofPlace.isDisjoint(with: try cluster.texts("record", of: "statement")))
    }

    @Test func aChangeOfMethodEndsAHistory() throws {
        let reply = try show("tokyo-yokohama")
        let spans = try reply.texts("span", of: "rank_history")
        #expect(spans.contains("2025"))
        #expect(!spans.contains { $0.hasSuffix("–2025") })
        let changes = try reply.texts("method_change", of: "rank_history")
        #expect(zip(spans, changes).allSatisfy { $0 == "2025" ? !$1.isEmpty : true })
    }

    @Test func everyFigureHasItsSource() throws {
        for name in ["Beijing", "China", "world/world", "huawei"] {
            let reply = try show(name)
            for kind in ["figure", "series", "cluster_edition", "investment", "award"] {
                let sections = reply.reply.sections.filter { $0.answer.kind == kind }
                guard !sections.isEmpty else { continue }
                #expect(try !reply.column("source", of: kind).contains(.null), "\(name) \(kind)")
            }
        }
    }

    @Test func unknownNamesSuggestNearOnes() throws {
        let error = #expect(throws: QuestionError.self) { try show("Bejing") }
        #expect(error?.advice?.contains("cluster/beijing") == true)
    }

    /// A method is that of an edition, never of a publication.
    @Test func aPublicationHasEditions() throws {
        let reply = try AskedReply(ShowQuestion("publication/gii-cluster-ranking"), StarterDataset.reader())
        let editions = try reply.texts("key", of: "edition")
        #expect(editions.first == "gii-2020")
        #expect(editions.last == "gii-2025")
        #expect(try reply.texts("method_change", of: "edition").count { !$0.isEmpty } == 1)
        #expect(!reply.reply.sections[0].answer.columns.map(\.name).contains("method"))
    }

    @Test func whatIsNotExplainedIsNotShownAsExplained() throws {
        let reply = try AskedReply(ShowQuestion("china"), StarterDataset.reader())
        let explanations = Dictionary(
            uniqueKeysWithValues: zip(
                try reply.texts("record", of: "contradiction"), try reply.texts("says", of: "contradiction")))
        #expect(explanations["c14"] == "not explained: Claim against claim.")
        #expect(explanations["c07"]?.hasPrefix("not explained") == false)
    }
}

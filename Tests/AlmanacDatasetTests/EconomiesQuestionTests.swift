import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct EconomiesQuestionTests {
    private func answer(_ question: EconomiesQuestion = EconomiesQuestion(edition: "2025")) throws -> Answer {
        try question.reply(from: StarterDataset.reader()).answer("economy")
    }

    @Test func countsAsPrintedAndWhatIsKnownHere() throws {
        let answer = try answer()
        #expect(try Array(answer.texts("economy").prefix(2)) == ["cn", "us"])
        #expect(try answer.cell("top_100", where: "economy", is: "cn") == .integer(24))
        #expect(try answer.cell("here_top_100", where: "economy", is: "cn") == .text("7 of 40"))
        #expect(try answer.cell("top_15", where: "economy", is: "us") == .integer(5))
        #expect(try answer.cell("here_top_15", where: "economy", is: "us") == .text("5 of 15"))
        #expect(try answer.cell("top_10", where: "economy", is: "us") == .integer(4))
        #expect(try answer.cell("top_10_source", where: "economy", is: "us") == .text("article-002"))
        #expect(try answer.cell("gii_rank", where: "economy", is: "cn") == .integer(10))
    }

    @Test func aBlankIsNotZero() throws {
        #expect(try answer().cell("top_100", where: "economy", is: "fr") == .null)
        #expect(try answer().cell("here_top_100", where: "economy", is: "fr") == .text("1 of 40"))
    }

    @Test(arguments: ["rd", "rd_intensity", "patents"])
    func figuresAreTheNewestWithYearUnitEditionAndSource(_ figure: String) throws {
        let indicator = ["rd": "gerd", "rd_intensity": "gerd-to-gdp-ratio", "patents": "pct-applications"][figure] ?? ""
        let dataset = try StarterDataset.reader()
        let answer = try answer()
        let economies = try answer.texts("economy")
        var seen = 0
        for (economy, value) in zip(economies, try answer.reals(figure)) {
            guard let economy, let value else { continue }
            let newest = try dataset.rows(
                """
                SELECT value, year FROM observations WHERE subject = 'economy/' || ?1 AND indicator = ?2 AND value IS NOT NULL
                    AND year = (SELECT max(year) FROM observations
                        WHERE subject = 'economy/' || ?1 AND indicator = ?2 AND value IS NOT NULL)
                """, .text(economy), .text(indicator))
            #expect(newest.contains { $0.real("value") == value }, "\(economy)")
            #expect(try answer.cell("\(figure)_year", where: "economy", is: economy) == newest.first?["year"])
            for column in ["unit", "edition", "source"] {
                #expect(try answer.cell("\(figure)_\(column)", where: "economy", is: economy) != .null, "\(economy) \(column)")
            }
            seen += 1
        }
        #expect(seen > 20)
    }

    @Test func orderedByTheFigureWithUnknownOnesLast() throws {
        for order in [EconomiesQuestion.Order.patents, .rd, .intensity] {
            let values = try answer(EconomiesQuestion(edition: "2025", by: order)).reals(
                order == .intensity ? "rd_intensity" : order.rawValue)
            let known = values.prefix { $0 != nil }.compactMap(\.self)
            #expect(known == known.sorted(by: >))
            #expect(values.dropFirst(known.count).allSatisfy { $0 == nil })
        }
        let ranks = try answer(EconomiesQuestion(edition: "2025", by: .gii)).integers("gii_rank").prefix { $0 != nil }.compactMap(
            \.self)
        #expect(ranks == ranks.sorted())
    }

    @Test func onlyARegion() throws {
        let asia = try answer(EconomiesQuestion(edition: "2025", region: "ASIA", top: 2))
        #expect(try asia.texts("economy") == ["cn", "in"])
        #expect(throws: QuestionError.self) { try answer(EconomiesQuestion(region: "Atlantis")) }
    }

    @Test func sourcesStandInNotes() throws {
        let reply = try EconomiesQuestion(edition: "2025").reply(from: StarterDataset.reader())
        #expect(reply.hasNote(with: "inngot-2025"))
        #expect(reply.hasNote(with: "ncses-10558"))
        #expect(reply.hasNote(with: "40 of the top 100"))
    }

    @Test func pagesThatDisagreeAndClustersAcrossBorders() throws {
        var tables = SmallDataset.ranking([2021: ["a": "1", "b": "2"]])
        tables["subjects", default: []] += ["xa", "ya", "za"].map { ["key": "economy/\($0)", "kind": "economy", "name": $0] }
        tables["economies"] = ["xa", "ya", "za"].map {
            ["key": $0, "code": $0.uppercased(), "name": $0, "subject": "economy/\($0)"]
        }
        tables["cluster_economies"] = [
            ["key": "a/xa", "cluster": "a", "economy": "xa"], ["key": "a/ya", "cluster": "a", "economy": "ya"],
            ["key": "b/ya", "cluster": "b", "economy": "ya"],
        ]
        tables["cluster_counts"] = [
            ["key": "1", "edition": "e-2021", "economy": "xa", "top": "100", "clusters": "3", "source": "page"],
            ["key": "2", "edition": "e-2021", "economy": "xa", "top": "100", "clusters": "4", "source": "page"],
        ]
        let small = try SmallDataset(tables)
        let answer = try EconomiesQuestion().reply(from: small.reader).answer("economy")
        #expect(try Set(answer.texts("economy")) == ["xa", "ya"])
        #expect(try [.text("3,4"), .text("4,3")].contains(answer.cell("top_100", where: "economy", is: "xa")))
        #expect(try answer.cell("here_top_10", where: "economy", is: "xa") == .text("1 of 2"))
        #expect(try answer.cell("here_top_10", where: "economy", is: "ya") == .text("2 of 2"))
    }

    /// Two editions of one series, and a year without a figure; negative flows and zeros are figures.
    @Test func importedFlowsAreTheNewestOfTheNewestEdition() throws {
        var tables = SmallDataset.ranking([2021: ["a": "1"]])
        tables["subjects", default: []] += ["xa", "ya"].map { ["key": "economy/\($0)", "kind": "economy", "name": $0] }
        tables["economies"] = ["xa", "ya"].map { ["key": $0, "code": $0.uppercased(), "name": $0, "subject": "economy/\($0)"] }
        tables["editions", default: []] += [2024, 2025].map {
            ["key": "wir-\($0)", "series": "World Investment Report", "name": "\($0)", "year": "\($0)"]
        }
        tables["indicators"] = ["fdi-inflows", "fdi-outflows", "vc-invested"].map {
            ["key": $0, "name": $0, "kind": "amount", "topic": $0 == "vc-invested" ? "venture capital" : "FDI"]
        }
        func flow(_ economy: String, _ indicator: String, _ year: Int, _ value: String, _ edition: Int) -> SmallDataset.Row {
            [
                "key": "\(economy)/\(indicator)/\(year)/\(edition)", "subject": "economy/\(economy)", "indicator": indicator,
                "year": "\(year)", "value": value, "unit": "million", "currency": "USD", "edition": "wir-\(edition)",
                "source": "page",
            ]
        }
        tables["observations"] = [
            flow("xa", "fdi-inflows", 2023, "10", 2025), flow("xa", "fdi-inflows", 2023, "9", 2024),
            flow("xa", "fdi-inflows", 2022, "99", 2025), flow("xa", "fdi-inflows", 2024, "", 2025),
            flow("xa", "fdi-outflows", 2023, "-4.5", 2024), flow("ya", "vc-invested", 2022, "0", 2024),
        ]
        let small = try SmallDataset(tables)
        let answer = try EconomiesQuestion(by: .fdiIn).reply(from: small.reader).answer("economy")
        #expect(try answer.texts("economy") == ["xa", "ya"])
        #expect(try answer.reals("fdi_in") == [10, nil])
        #expect(try answer.integers("fdi_in_year") == [2023, nil])
        #expect(try answer.texts("fdi_in_edition") == ["wir-2025", nil])
        #expect(try answer.texts("fdi_in_currency") == ["USD", nil])
        #expect(try answer.reals("fdi_out") == [-4.5, nil])
        #expect(try answer.reals("venture") == [nil, 0])
    }
}

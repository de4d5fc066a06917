import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct ConcentrationQuestionTests {
    private func reply(_ question: ConcentrationQuestion) throws -> Reply { try question.reply(from: StarterDataset.reader()) }

    // MARK: Clusters

    /// Printed shares have one decimal: tenths add up without rounding.
    @Test func sharesOfClustersAreThePrintedOnesAdded() throws {
        let answer = try reply(ConcentrationQuestion(edition: "2023")).answer("top_share")
        let tenths = try StarterDataset.reader().rows(
            "SELECT share_pct_filings AS s FROM cluster_ranks WHERE edition = 'gii-2023' AND share_pct_filings IS NOT NULL"
        ).compactMap { $0.real("s").map { Int(($0 * 10).rounded()) } }.sorted(by: >)
        #expect(tenths.count == 34)
        for (top, share) in zip(try answer.integers("top"), try answer.reals("share")) {
            let sum = tenths.prefix(Int(try #require(top))).reduce(0, +)
            #expect(share == Double(sum) / 10)
        }
        #expect(try answer.texts("shown_share").allSatisfy { $0?.hasPrefix("≥ ") == true })
    }

    @Test func whatSourcesStateStandsBeside() throws {
        let stated = try reply(ConcentrationQuestion(edition: "2025")).answer("stated_concentration")
        #expect(try stated.cell("stated", where: "statement", is: "002-025") == .text("nearly 20 %"))
        #expect(try stated.cell("here", where: "statement", is: "002-025") == .text("19.3 %"))
        #expect(try stated.cell("here", where: "statement", is: "000-006") == .text("19.3 %"))
        #expect(try stated.cell("stated", where: "statement", is: "002-026") == .text("40 %"))
        #expect(try stated.cell("here", where: "statement", is: "002-026") == .text("≥ 28.5 % (4 of 10 known)"))
        #expect(try reply(ConcentrationQuestion(edition: "2023")).answer("stated_concentration").isEmpty)
        let venture = try reply(ConcentrationQuestion(.venture)).answer("stated_concentration")
        #expect(try venture.cell("stated", where: "statement", is: "002-027") == .text("35 %"))
    }

    /// 2025 is known without a gap for three clusters: no coefficient. 2023 is up to rank 35.
    @Test func giniOnlyOverAListWithoutGaps() throws {
        let newest = try reply(ConcentrationQuestion())
        #expect(try newest.answer("gini").isEmpty)
        #expect(try newest.answer("lorenz_point").isEmpty)
        #expect(newest.hasNote(with: "No curve and no Gini coefficient"))
        let whole = try reply(ConcentrationQuestion(edition: "2023")).answer("gini")
        #expect(try whole.texts("over") == ["ranks 1 to 35, known without a gap"])
        #expect(try whole.integers("rows") == [35])
    }

    // MARK: Companies

    @Test func sharesOfTheScoreboard() throws {
        let answer = try reply(ConcentrationQuestion(.rd, edition: "eu-scoreboard-2023")).answer("top_share")
        let exact = Dictionary(
            uniqueKeysWithValues: zip(try answer.integers("top").compactMap(\.self), try answer.texts("value_exact")))
        #expect(exact[10] == "221323.08474")
        #expect(exact[2_500]??.hasPrefix("1249426.7") == true)
        let shares = Dictionary(
            uniqueKeysWithValues: zip(try answer.integers("top").compactMap(\.self), try answer.reals("share")))
        #expect(shares[10] == 17.71)
        #expect(shares[100] == 50.3)
        #expect(shares[2_500] == 100)
        #expect(Set(try answer.texts("unit")) == ["EUR million"])
    }

    @Test func theTopTenAgainstTheNextForty() throws {
        let reply = try reply(ConcentrationQuestion(.rd, edition: "2023"))
        let stated = try reply.answer("stated_concentration")
        #expect(try stated.cell("stated", where: "statement", is: "000-017") == .text("more than 2 times"))
        #expect(try stated.cell("here_value", where: "statement", is: "000-017") == .real(0.83))
        #expect(try stated.cell("contradictions", where: "statement", is: "000-017") == .text("x02"))
        #expect(try stated.cell("here_value", where: "statement", is: "000-016") == .real(50.3))
        #expect(reply.hasNote(with: "Contradiction x02"))
    }

    /// The list of 2024 has no ranks and is of three regions: nothing shows that it is whole.
    @Test func aListWithoutRanksIsNotCalledWhole() throws {
        #expect(
            try reply(ConcentrationQuestion(.rd, edition: "2024")).hasNote(with: "nothing shows that the largest are all listed"))
        #expect(try !reply(ConcentrationQuestion(.rd, edition: "2023")).hasNote(with: "nothing shows"))
    }

    @Test(arguments: ConcentrationQuestion.Measure.allCases.filter { $0.among == .companies })
    func giniAgreesWithTheViewAndWithADirectSum(_ measure: ConcentrationQuestion.Measure) throws {
        let dataset = try StarterDataset.reader()
        let gini = try #require(
            try ConcentrationQuestion(measure, edition: "2023").reply(from: dataset).answer("gini").reals("gini").first ?? nil)
        let view = try dataset.rows(
            "SELECT gini FROM answer_gini WHERE among = 'companies' AND measure = ?1 AND edition = 'eu-scoreboard-2023'",
            .text(measure.rawValue))
        #expect(abs(gini - (try #require(view.first?.real("gini")))) <= 0.00005 + 1e-9)
        let column = ["rd": "rd", "sales": "net_sales", "capex": "capex", "employees": "employees", "market-cap": "market_cap"]
        let values = try dataset.rows(
            "SELECT \(try #require(column[measure.rawValue])) AS v FROM company_figures WHERE edition = 'eu-scoreboard-2023'"
        ).compactMap { $0.real("v") }.sorted()
        // Between the curve and the diagonal: trapezoids.
        let total = values.reduce(0, +)
        var (area, below) = (0.0, 0.0)
        for value in values {
            area += (below + below + value) / total / 2 / Double(values.count)
            below += value
        }
        #expect(abs(gini - (1 - 2 * area)) <= 0.00005 + 1e-9)
    }

    @Test func theCurveRisesToTheWhole() throws {
        let curve = try reply(ConcentrationQuestion(.rd, edition: "2023")).answer("lorenz_point")
        let shares = try curve.reals("share").compactMap(\.self)
        #expect(try curve.integers("holders") == (0...10).map { $0 * 10 })
        #expect(shares.first == 0)
        #expect(shares.last == 100)
        #expect(shares == shares.sorted())
    }

    // MARK: Odd data

    @Test func allZero() throws {
        let small = try SmallDataset(SmallDataset.companies(Array(repeating: ("0", "EUR million"), count: 12)))
        let reply = try ConcentrationQuestion(.rd).reply(from: small.reader)
        #expect(try reply.answer("top_share").reals("share").allSatisfy { $0 == nil })
        #expect(try reply.answer("gini").isEmpty)
        #expect(reply.hasNote(with: "all are zero"))
        #expect(try small.reader.rows("SELECT gini FROM answer_gini").map { $0["gini"] } == [.null])
    }

    @Test func oneRow() throws {
        let small = try SmallDataset(SmallDataset.companies([("7.5", "EUR million")]))
        let reply = try ConcentrationQuestion(.rd).reply(from: small.reader)
        #expect(try reply.answer("top_share").reals("share") == [100])
        #expect(try reply.answer("top_share").integers("top") == [1])
        #expect(try reply.answer("gini").isEmpty)
        #expect(reply.hasNote(with: "fewer than 10"))
    }

    @Test func tiesAreEqual() throws {
        let small = try SmallDataset(SmallDataset.companies(Array(repeating: ("2.5", "EUR million"), count: 20)))
        let reply = try ConcentrationQuestion(.rd).reply(from: small.reader)
        #expect(try reply.answer("gini").reals("gini") == [0])
        #expect(try reply.answer("lorenz_point").reals("share") == (0...10).map { Double($0 * 10) })
    }

    @Test func twoUnitsAreNeverAdded() throws {
        let figures = Array(repeating: ("1", "EUR million"), count: 3) + Array(repeating: ("1000", "EUR billion"), count: 2)
        let small = try SmallDataset(SmallDataset.companies(figures))
        let reply = try ConcentrationQuestion(.rd).reply(from: small.reader)
        #expect(try reply.answer("top_share").texts("value_exact").last == "3")
        #expect(reply.hasNote(with: "2 rows are in another unit"))
    }

    @Test func negativeFiguresHaveNoCurve() throws {
        let dataset = try SmallDataset(
            SmallDataset.companies(Array(repeating: ("1", "EUR million"), count: 12), more: ["net_sales": "-3"]))
        let reply = try ConcentrationQuestion(.sales).reply(from: dataset.reader)
        #expect(try reply.answer("gini").isEmpty)
        #expect(try reply.answer("top_share").reals("share").allSatisfy { $0 == nil })
        #expect(reply.hasNote(with: "a figure is negative"))
    }

    @Test func withoutFigures() throws {
        let small = try SmallDataset(SmallDataset.ranking([2021: ["a": "1"]]))
        #expect(throws: QuestionError.self) { try ConcentrationQuestion().reply(from: small.reader) }
        #expect(throws: QuestionError.self) { try ConcentrationQuestion(edition: "2020").reply(from: StarterDataset.reader()) }
    }

    /// Two share rank 2, so that 4 comes next; 6 is missing, and what comes behind is not counted.
    @Test func aTieIsNoGapAndAGapEndsTheList() throws {
        let ranks: KeyValuePairs = ["a": "1", "b": "2", "c": "2", "d": "4", "e": "5", "f": "7", "g": "8"]
        let figures = Dictionary(uniqueKeysWithValues: ranks.map { ("2021 \($0.key)", ["pct_applications": "10"]) })
        let small = try SmallDataset(SmallDataset.ranking([2021: ranks], figures: figures))
        let rows = try small.reader.rows("SELECT key, is_in_whole_list AS whole FROM answer_concentration ORDER BY rank, key")
        #expect(rows.compactMap { $0.integer("whole") } == [1, 1, 1, 1, 1, 0, 0])
    }
}

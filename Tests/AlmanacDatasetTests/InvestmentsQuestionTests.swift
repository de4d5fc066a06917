import TestSupport
import AlmanacModel
import AlmanacReplica
import Testing

@testable import AlmanacDataset

@Suite struct InvestmentsQuestionTests {
    private typealias Filter = InvestmentsQuestion.Filter

    private func answer(_ change: (inout Filter) -> Void = { _ in }) throws -> Answer {
        var filter = Filter()
        change(&filter)
        return try InvestmentsQuestion(filter).reply(from: StarterDataset.reader()).answer("investment")
    }

    @Test func amountsAsStated() throws {
        let answer = try answer()
        #expect(try answer.cell("stated", where: "statement", is: "004-043") == .text("about JPY 34 billion"))
        #expect(try answer.cell("stated", where: "statement", is: "004-105") == .text("USD 10 billion (estimated; nearly)"))
        #expect(try answer.cell("stated", where: "statement", is: "004-110") == .text("more than USD 2.5 billion"))
        #expect(try answer.cell("stated", where: "statement", is: "004-109") == .text("less than USD 500 million"))
        #expect(try answer.cell("stated", where: "statement", is: "004-077") == .text("GBP 2.2 billion"))
        #expect(try answer.cell("stated", where: "statement", is: "004-100") == .text("55,227 square feet"))
        #expect(try answer.cell("amount", where: "statement", is: "004-100") == .null)
        #expect(try answer.cell("qualifier", where: "statement", is: "004-110") == .text("over"))
    }

    /// Neither a zero nor a word that is no amount.
    @Test(arguments: ["000-026", "000-028", "004-006", "004-054", "004-138"])
    func whatHasNoAmountShowsNone(_ statement: String) throws {
        #expect(try answer().cell("stated", where: "statement", is: statement) == .null)
    }

    @Test func everyInvestmentAndAwardIsThere() throws {
        let dataset = try StarterDataset.reader()
        let records = try dataset.rows("SELECT key FROM investments UNION ALL SELECT key FROM awards").count
        #expect(try answer().rows.count == records)
    }

    @Test func places() throws {
        #expect(try answer { $0.place = "munich" }.texts("statement") == ["004-121"])
        #expect(try answer { $0.place = "Shanghai" }.texts("statement").contains("004-067"))
        #expect(try answer { $0.economy = "il" }.rows.count == 4)
        let newYork = try answer { $0.place = "place/new-york" }
        #expect(try newYork.texts("record").contains("award"))
        #expect(try newYork.texts("statement").contains("004-057"), "the city lies in the state")
        #expect(
            try !answer { $0.place = "place/new-york-city" }.texts("record").contains("award"), "the state's is not the city's")
    }

    @Test func organisationsAndProgrammes() throws {
        #expect(try answer { $0.organisation = "toshiba" }.texts("statement") == ["004-043"])
        let hubs = try answer { $0.programme = "Tech Hubs" }
        #expect(hubs.rows.count == 40)
        #expect(try Set(hubs.texts("kind")) == ["grant"])
    }

    @Test func technologyKindPeriodAndCurrency() throws {
        #expect(try answer { $0.technology = "CHIP" }.texts("statement").contains("004-121"))
        #expect(try answer { $0.technology = "no such thing" }.isEmpty)
        let ai = try answer { $0.technology = "AI" }
        #expect(try Set(ai.texts("statement").compactMap(\.self)) == ["000-022", "004-077"])
        #expect(try ai.texts("who").contains("Birmingham Biotechnology Hub"), "AI-driven")
        #expect(try !ai.texts("who").contains("Texoma Semiconductor Tech Hub"), "supply chain")
        #expect(try Set(answer { $0.kind = "venture capital" }.texts("kind")) == ["venture capital"])
        #expect(try Set(answer { $0.currency = "sgd" }.texts("statement")) == ["004-134", "004-136"])
        #expect(throws: QuestionError.self) { try answer { $0.kind = "theft" } }
        #expect(throws: QuestionError.self) { try answer { $0.currency = "XXX" } }
        #expect(throws: QuestionError.self) { try answer { $0.place = "Atlantis" } }
    }

    /// 2018-2019 overlaps each of its years, and one without a year is left out with a word.
    @Test func periodsOverlap() throws {
        #expect(try answer { $0.years = 2018...2018 }.texts("statement") == ["004-109"])
        #expect(try answer { $0.years = 2019...2020 }.texts("statement") == ["004-109"])
        #expect(try answer { $0.years = 2020...2020 }.isEmpty)
        var filter = Filter()
        filter.economy = "SG"
        filter.years = 2023...2023
        let reply = try InvestmentsQuestion(filter).reply(from: StarterDataset.reader())
        #expect(try reply.answer("investment").texts("statement") == ["004-136"])
        #expect(reply.hasNote(with: "1 that would fit"))
    }

    // MARK: Sums

    /// Whatever is asked for: a sum for each currency, of the projects with that currency alone, to the last digit.
    @Test(arguments: (0..<8).map { _ in UInt64.random(in: .min ... .max) })
    func sumsAreExactAndOfOneCurrency(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var tables: [String: [SmallDataset.Row]] = ["sources": [["key": "page", "title": "A page", "kind": "other page"]]]
        let currencies = ["EUR", "USD", "JPY", ""]
        var sums: [String: Int64] = [:]
        tables["investments"] = (0..<Int.random(in: 0...40, using: &random)).map { index in
            let currency = currencies.randomElement(using: &random) ?? ""
            let scope = ["project", "project", "total", "average", "trend"].randomElement(using: &random) ?? ""
            let cents = Int64.random(in: -9_999...9_999_999_999, using: &random)
            let isKnown = Int.random(in: 0..<5, using: &random) > 0
            if scope == "project", !currency.isEmpty, isKnown { sums[currency, default: 0] += cents }
            let amount = isKnown ? ExactDecimal(significand: cents, exponent: -2)?.description ?? "" : ""
            return [
                "key": "i\(index)", "kind": "corporate", "scope": scope, "what": "what", "value": amount, "amount": amount,
                "currency": currency, "source": "page",
            ]
        }
        let small = try SmallDataset(tables)
        let answer = try InvestmentsQuestion(isTotal: true).reply(from: small.reader).answer("investment_total")
        let found = Dictionary(
            uniqueKeysWithValues: zip(try answer.texts("currency").compactMap(\.self), try answer.texts("total_exact")))
        let expected = sums.mapValues { ExactDecimal(significand: $0, exponent: -2)?.description }
        #expect(found == expected, "seed \(seed)")
    }

    @Test func totalsOfTheStarterDataset() throws {
        let dataset = try StarterDataset.reader()
        let reply = try InvestmentsQuestion(isTotal: true).reply(from: dataset)
        let totals = try reply.answer("investment_total")
        #expect(try totals.texts("currency") == ["JPY", "USD"])
        let awards = try dataset.rows("SELECT amount FROM awards WHERE hub IS NOT NULL").compactMap { $0.real("amount") }
        let projects = try dataset.rows(
            "SELECT amount FROM investments WHERE scope = 'project' AND currency = 'USD'"
        ).compactMap { $0.real("amount") }
        #expect(
            try totals.cell("total_exact", where: "currency", is: "USD") == .text(ExactSum(of: awards + projects).description))
        #expect(try totals.cell("inexact", where: "currency", is: "JPY") == .integer(1))
        #expect(reply.hasNote(with: "totals, averages and trends were left out"))
        #expect(reply.hasNote(with: "no stated amount"))
    }

    @Test func amountsTooLongToAddAreNoCrash() throws {
        let amounts = ["999999999999999e22", "1e-22"]
        let small = try SmallDataset([
            "sources": [["key": "page", "title": "A page", "kind": "other page"]],
            "investments": amounts.enumerated().map { index, amount in
                [
                    "key": "i\(index)", "kind": "other", "scope": "project", "what": "much", "amount": amount, "value": amount,
                    "currency": "EUR", "source": "page",
                ]
            },
        ])
        #expect(throws: ExactSum.Failure.self) { try InvestmentsQuestion(isTotal: true).reply(from: small.reader) }
        #expect(try InvestmentsQuestion().reply(from: small.reader).answer("investment").rows.count == 2)
    }
}

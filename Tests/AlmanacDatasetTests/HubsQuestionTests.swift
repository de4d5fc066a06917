import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct HubsQuestionTests {
    @Test func thirtyOneHubsEighteenFunded() throws {
        let dataset = try StarterDataset.reader()
        #expect(try HubsQuestion().reply(from: dataset).answer("hub").rows.count == 31)
        let funded = try HubsQuestion(isFunded: true).reply(from: dataset).answer("hub")
        #expect(funded.rows.count == 18)
        #expect(try funded.texts("round").count { $0 == "2024-07" } == 12)
        #expect(try funded.texts("round").count { $0 == "2025-01" } == 6)
        #expect(try funded.cell("awarded", where: "hub", is: "wisconsin-biohealth-tech-hub") == .real(49_000_000))
        #expect(try funded.cell("contradictions", where: "hub", is: "wisconsin-biohealth-tech-hub") == .text("wisconsin-award"))
    }

    @Test func whatIsNotKnownAsPaidIsUnknownAndNotZero() throws {
        let answer = try HubsQuestion().reply(from: StarterDataset.reader()).answer("hub")
        #expect(try answer.column("paid").allSatisfy { $0 == .null })
        #expect(try Set(answer.texts("paid_known")) == ["unknown"])
        #expect(try answer.cell("awarded", where: "hub", is: "ocean-tech-hub") == .null)
        #expect(try answer.cell("accelerator", where: "hub", is: "ocean-tech-hub") == .real(500_000))
    }

    @Test func statesAndTechnologies() throws {
        let dataset = try StarterDataset.reader()
        let newYork = try HubsQuestion(state: "New York").reply(from: dataset)
        #expect(try newYork.answer("hub").rows.count == 2)
        #expect(!newYork.hasNote(with: "add up to"), "sums are over all hubs")
        #expect(try HubsQuestion(state: "idaho").reply(from: dataset).answer("hub").rows.count == 2)
        #expect(try HubsQuestion(technology: "QUANTUM").reply(from: dataset).answer("hub").rows.count == 2)
        #expect(throws: QuestionError.self) { try HubsQuestion(state: "Freedonia").reply(from: dataset) }
    }

    @Test func roundsAgainstWhatIsStated() throws {
        let reply = try HubsQuestion(.rounds).reply(from: StarterDataset.reader())
        let rounds = try reply.answer("hub_round")
        let rows = zip(
            try rounds.texts("basis"),
            zip(try rounds.texts("round"), zip(try rounds.integers("hubs"), try rounds.reals("amount"))))
        func has(_ basis: String, _ round: String?, _ hubs: Int64?, _ amount: Double?) -> Bool {
            rows.contains { $0 == basis && $1.0 == round && $1.1.0 == hubs && $1.1.1 == amount }
        }
        #expect(has("counted", "2024-07", 12, 504_000_000))
        #expect(has("counted", "2025-01", 6, 211_000_000))
        #expect(has("counted", nil, 19, 9_500_000))
        #expect(has("stated", "2025-01", nil, 210_000_000))
        #expect(has("stated", "to date", nil, 504_000_000))
        #expect(has("stated", "to date", 12, nil))
        #expect(try rounds.texts("stated").contains("about USD 210 million"))
        #expect(reply.hasNote(with: "Contradiction awards-of-january-2025"))
        #expect(reply.hasNote(with: "Contradiction x05"))
    }

    @Test func paidAwardsAndTwoCurrencies() throws {
        func award(_ key: String, _ hub: String, _ amount: String, _ currency: String, _ status: String) -> SmallDataset.Row {
            [
                "key": key, "programme": "p", "hub": hub, "kind": "implementation", "round": "2024-07", "value": amount,
                "amount": amount, "currency": currency, "status": status, "source": "page",
            ]
        }
        func hub(_ key: String) -> SmallDataset.Row {
            ["key": key, "name": key, "programme": "p", "technology": "t", "source": "page", "subject": "hub/\(key)"]
        }
        let small = try SmallDataset([
            "sources": [["key": "page", "title": "A page", "kind": "other page"]],
            "subjects": [
                ["key": "programme/p", "kind": "programme", "name": "P"], ["key": "hub/a", "kind": "hub", "name": "a"],
                ["key": "hub/b", "kind": "hub", "name": "b"], ["key": "hub/c", "kind": "hub", "name": "c"],
            ],
            "programmes": [["key": "p", "name": "P", "subject": "programme/p"]], "hubs": [hub("a"), hub("b"), hub("c")],
            "awards": [
                award("1", "a", "10.5", "USD", "paid"), award("2", "a", "5", "USD", "announced"),
                award("3", "b", "1", "USD", "announced"), award("4", "b", "2", "EUR", "announced"),
            ],
        ])
        let answer = try HubsQuestion().reply(from: small.reader).answer("hub")
        #expect(try answer.cell("awarded", where: "hub", is: "a") == .real(15.5))
        #expect(try answer.cell("paid", where: "hub", is: "a") == .real(10.5))
        #expect(try answer.cell("awarded", where: "hub", is: "b") == .null)
        #expect(try answer.cell("currency", where: "hub", is: "b") == .null)
        #expect(try answer.cell("paid_known", where: "hub", is: "c") == .null)
        let rounds = try HubsQuestion(.rounds).reply(from: small.reader).answer("hub_round")
        #expect(try rounds.cell("amount", where: "currency", is: "USD") == .real(16.5))
        #expect(try rounds.cell("amount", where: "currency", is: "EUR") == .real(2))
    }
}

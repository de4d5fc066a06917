import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct ContradictionsQuestionTests {
    private func keys(_ question: ContradictionsQuestion) throws -> [String] {
        try AskedReply(question, StarterDataset.reader()).texts("contradiction", of: "contradiction")
    }

    @Test func byKeyNameAndCause() throws {
        #expect(try keys(ContradictionsQuestion("C05")) == ["c05"])
        #expect(try keys(ContradictionsQuestion("seoul")).contains("c05"))
        #expect(try keys(ContradictionsQuestion(cause: "method")).contains("c01"))
        #expect(throws: QuestionError.self) { try keys(ContradictionsQuestion(cause: "magic")) }
        #expect(throws: QuestionError.self) { try keys(ContradictionsQuestion("atlantis")) }
    }

    @Test func explainedAndUnexplainedMakeAll() throws {
        let all = try keys(ContradictionsQuestion())
        let explained = try keys(ContradictionsQuestion(isExplained: true))
        let unexplained = try keys(ContradictionsQuestion(isExplained: false))
        #expect(!explained.isEmpty && !unexplained.isEmpty)
        #expect(all.sorted() == (explained + unexplained).sorted())
    }

    @Test func everySideNamesItsSource() throws {
        let reply = try AskedReply(ContradictionsQuestion(), StarterDataset.reader())
        #expect(try !reply.texts("source", of: "side").contains(""))
    }

    @Test func revisionsOfALaterEdition() throws {
        var package = SmallPackage()
        package.addSource("one", "One page")
        package.add("cluster", "clusters", "here", "Here")
        package.add("indicators", ["key": "flow", "name": "Flow", "kind": "amount", "topic": "FDI"])
        package.add("publication", "editions", "e-1", "First", ["series": "E", "year": "2020"])
        package.add("publication", "editions", "e-2", "Second", ["series": "E", "year": "2021"])
        let figures = [
            ("2018", "100.5", "101"), ("2017", "7", "7"), ("2016", "5.6", "5.61"), ("2015", "5.6", "5.66"), ("2014", "10", "12"),
        ]
        for (period, before, now) in figures {
            for (edition, value) in [("e-1", before), ("e-2", now)] {
                package.add(
                    "observations",
                    [
                        "key": "\(edition)/\(period)", "subject": "cluster/here", "indicator": "flow", "period": period,
                        "value": value, "precision": "exact", "edition": edition, "source": "one",
                    ])
            }
        }
        let reply = try package.ask { try AskedReply(RevisionsQuestion("here"), $0) }
        #expect(try reply.texts("period", of: "revision") == ["2014", "2015"])
        #expect(try reply.column("value_before", of: "revision") == [.real(10), .real(5.6)])
        #expect(reply.reply.notes.contains { $0.contains("2 figures") })
    }
}

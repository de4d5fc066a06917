import AlmanacReplica
import Testing

@testable import AlmanacDataset

@Suite struct EveryQuestionTests {
    static let questions: [any Question] = [
        ClustersQuestion(), MoversQuestion(), NewcomersQuestion(), ConcentrationQuestion(), ConcentrationQuestion(.rd),
        InvestmentsQuestion(), InvestmentsQuestion(isTotal: true), HubsQuestion(), HubsQuestion(.rounds), FrameworksQuestion(),
        AdviceQuestion(),
    ]

    @Test func aSourceForEachRow() throws {
        let dataset = try StarterDataset.reader()
        for question in Self.questions {
            for section in try question.reply(from: dataset).sections {
                let name = section.answer.kind == "investment_total" ? "sources" : "source"
                #expect(try section.answer.texts(name).allSatisfy { $0?.isEmpty == false }, "\(section.answer.kind)")
            }
        }
    }

    /// SQL and Swift say a figure in the same words.
    @Test func aFigureReadsTheSameInViewsAndAnswers() throws {
        let rows = try StarterDataset.reader().rows(
            """
            SELECT key, value, lower, upper, value_text, unit, currency, precision, qualifier, \(ViewFragments.stated("o")) AS stated
            FROM (SELECT key, value, lower, upper, value_text, unit, currency, precision, qualifier FROM observations
                UNION ALL SELECT key, value, lower, upper, value_text, unit, currency, precision, qualifier FROM investments) AS o
            """)
        #expect(rows.count > 6_000)
        for row in rows where row.text("stated") != FigureText(row).text {
            Issue.record("\(row.text("key") ?? ""): \(row.text("stated") ?? "") is not \(FigureText(row).text ?? "")")
        }
    }

    @Test func columnsHaveNamesOfTheirOwn() throws {
        let dataset = try StarterDataset.reader()
        for question in Self.questions + [EconomiesQuestion()] {
            for section in try question.reply(from: dataset).sections {
                let names = section.answer.columns.map(\.name)
                #expect(Set(names).count == names.count, "\(section.answer.kind)")
                #expect(section.answer.rows.allSatisfy { $0.count == names.count }, "\(section.answer.kind)")
            }
        }
    }

    /// A dataset of something else: said, and no error of SQL.
    @Test func anEmptyDatasetIsNoCrash() throws {
        let small = try SmallDataset([:])
        for question in Self.questions + [EconomiesQuestion()] {
            do {
                let reply = try question.reply(from: small.reader)
                #expect(reply.sections.allSatisfy { $0.answer.isEmpty })
            } catch is QuestionError {}
        }
    }
}

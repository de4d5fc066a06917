import AlmanacDataset
import ArgumentParser

struct ConcentrationCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "concentration", abstract: "How much of the whole a few clusters or companies have.",
        discussion: """
            Shares of the largest, what sources state of them, the Lorenz curve in tenths and the Gini coefficient, and over which rows: \
            a list with gaps has lower bounds only, and no coefficient beyond its first gap. The rows are in answer_concentration.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("clusters or companies.", valueName: "what"))
    var of: ConcentrationQuestion.Among?

    @Option(help: ArgumentHelp("Such as gii-2023 or eu-scoreboard-2023; the newest otherwise.", valueName: "edition"))
    var edition: String?

    @Option(
        help: ArgumentHelp(
            "Of clusters patents, papers or venture; of companies rd, sales, capex, employees or market-cap.",
            valueName: "measure"))
    var measure: ConcentrationQuestion.Measure?

    func validate() throws {
        if let measure, let of, measure.among != of {
            throw ValidationError("--measure \(measure.rawValue) is of \(measure.among.rawValue), not of \(of.rawValue).")
        }
    }

    func question() -> any Question {
        ConcentrationQuestion(measure ?? (of == .companies ? .rd : .patents), edition: edition)
    }
}

extension ConcentrationQuestion.Among: ExpressibleByArgument {}
extension ConcentrationQuestion.Measure: ExpressibleByArgument {}

import AlmanacDataset
import ArgumentParser

struct AdviceCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "advice", abstract: "What sources recommend, and to whom.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "Only for them: \(AdviceQuestion.Audience.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "audience"))
    var audience: AdviceQuestion.Audience?

    func question() -> any Question { AdviceQuestion(for: audience) }
}

extension AdviceQuestion.Audience: ExpressibleByArgument {}

import AlmanacDataset
import ArgumentParser

struct FrameworksCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "frameworks", abstract: "Models and lists of factors, with their parts in order.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "Only this one.")
    var name: String?

    func question() -> any Question { FrameworksQuestion(name: name) }
}

import AlmanacDataset
import ArgumentParser

struct WhyCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why a statement or a figure is here, and what speaks against it.",
        discussion: "Takes the key of a statement, such as 000-019, or of any record with a source.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "A key.")
    var key: String

    func question() -> any Question { WhyQuestion(key) }
}

import AlmanacDataset
import ArgumentParser

struct NewcomersCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "newcomers", abstract: "The clusters that a source calls new in an edition.",
        discussion: "Nothing is inferred: a cluster whose rank in the edition before is not known here need not be new.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("Such as gii-2025, or 2025.", valueName: "edition"))
    var edition: String?

    func question() -> any Question { NewcomersQuestion(edition: edition) }
}

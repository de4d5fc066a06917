import AlmanacDataset
import ArgumentParser

struct CompareCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "The figures of two or more side by side.",
        discussion: """
            Only figures of the same indicator, period, edition, unit and currency stand on one row. Names of several words need quotes.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "Names, aliases or keys, as show takes them.")
    var names: [String]

    func validate() throws {
        guard (2...8).contains(names.count) else { throw ValidationError("compare takes from two to eight names.") }
    }

    func question() -> any Question { CompareQuestion(names) }
}

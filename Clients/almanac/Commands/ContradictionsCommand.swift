import AlmanacDataset
import ArgumentParser

struct ContradictionsCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "contradictions", abstract: "Where sources disagree, who says what, and what explains it.",
        discussion: "With --revisions, the figures that a later edition gives differently from the one before.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "The key of a contradiction, or a subject's name or key; none for all.")
    var name: [String] = []

    @Flag(help: "Only those that something explains.")
    var explained = false

    @Flag(help: "Only those that nothing found explains.")
    var unexplained = false

    @Option(help: ArgumentHelp("Only those with this cause, such as edition, method or definition.", valueName: "cause"))
    var cause: String?

    @Flag(help: "Figures of the same subject, indicator and period that differ between editions.")
    var revisions = false

    func validate() throws {
        if explained, unexplained { throw ValidationError("--explained and --unexplained exclude each other.") }
        if revisions, explained || unexplained || cause != nil {
            throw ValidationError("--revisions are not explained one by one: leave --explained, --unexplained and --cause away.")
        }
    }

    func question() -> any Question {
        let name = name.isEmpty ? nil : name.joined(separator: " ")
        if revisions { return RevisionsQuestion(name) }
        return ContradictionsQuestion(name, isExplained: explained ? true : unexplained ? false : nil, cause: cause)
    }
}

import AlmanacDataset
import ArgumentParser

struct SourcesCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources", abstract: "Where the figures were read, and under which licence.",
        discussion: "The key of a source shows what was taken from it. Counts are of the records that cite it.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "The key of one source, or words; none for all.")
    var words: [String] = []

    func question() -> any Question { SourcesQuestion(words.joined(separator: " ")) }
}

import AlmanacDataset
import ArgumentParser

struct SearchCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find names, statements, indicators, sources, advice and annotations by words.",
        discussion: "Each word has to begin a word of what is found. Accents and case are optional.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "Words.")
    var words: [String]

    @Option(help: ArgumentHelp("Only this kind: cluster, place, statement, source, annotation and so on.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("Only the first so many.", valueName: "count"))
    var top: Int?

    func validate() throws {
        if let top, top < 1 { throw ValidationError("--top has to be at least 1.") }
    }

    func question() -> any Question { SearchQuestion(words.joined(separator: " "), kind: kind, top: top) }
}

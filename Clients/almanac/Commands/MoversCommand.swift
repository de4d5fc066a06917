import AlmanacDataset
import ArgumentParser

struct MoversCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "movers", abstract: "Which clusters rose and fell between two editions.",
        discussion: """
            Against the edition before, unless --since names an older one. Only clusters whose rank is known in both; where the method \
            changed in between, that is said, and a change then says little.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("Such as gii-2025, or 2025.", valueName: "edition"))
    var edition: String?

    @Option(help: ArgumentHelp("The older edition to compare with.", valueName: "edition"))
    var since: String?

    @Option(help: ArgumentHelp("So many that rose, and so many that fell.", valueName: "count"))
    var top: Int?

    func validate() throws {
        if let top, top < 1 { throw ValidationError("--top has to be at least 1.") }
    }

    func question() -> any Question { MoversQuestion(edition: edition, since: since, top: top) }
}

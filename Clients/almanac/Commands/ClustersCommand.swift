import AlmanacDataset
import ArgumentParser

struct ClustersCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "clusters", abstract: "The ranking of clusters in one edition.",
        discussion: """
            Without --edition the newest. The change is against the edition before; where the method changed in between, that is said. \
            A blank is what is not known here.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("Such as gii-2025, or 2025.", valueName: "edition"))
    var edition: String?

    @Option(help: ArgumentHelp("By what: size, patents, papers, venture or intensity.", valueName: "measure"))
    var by = ClustersQuestion.Measure.size

    @Option(help: ArgumentHelp("Only clusters in this economy: a code, a name or an alias.", valueName: "economy"))
    var economy: String?

    @Option(help: ArgumentHelp("Only clusters in this region of the world.", valueName: "region"))
    var region: String?

    @Option(help: ArgumentHelp("Only the first so many.", valueName: "count"))
    var top: Int?

    func validate() throws {
        if let top, top < 1 { throw ValidationError("--top has to be at least 1.") }
    }

    func question() -> any Question {
        ClustersQuestion(edition: edition, by: by, economy: economy, region: region, top: top)
    }
}

extension ClustersQuestion.Measure: ExpressibleByArgument {}

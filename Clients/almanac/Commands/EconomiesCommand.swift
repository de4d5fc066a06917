import AlmanacDataset
import ArgumentParser

struct EconomiesCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "economies", abstract: "Clusters, R&D, patents, investment and venture capital by economy.",
        discussion: """
            How many clusters an economy has is as pages print it; beside it stands what the ranks known here show. The other figures \
            are the newest that are known, each with its year, unit, edition and source: --json shows them.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("Of the clusters and the index: such as gii-2025, or 2025.", valueName: "edition"))
    var edition: String?

    @Option(
        help: ArgumentHelp(
            "By what: \(EconomiesQuestion.Order.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "figure"))
    var sort = EconomiesQuestion.Order.clusters

    @Option(help: ArgumentHelp("Only economies in this region of the world.", valueName: "region"))
    var region: String?

    @Option(help: ArgumentHelp("Only the first so many.", valueName: "count"))
    var top: Int?

    func validate() throws {
        if let top, top < 1 { throw ValidationError("--top has to be at least 1.") }
    }

    func question() -> any Question { EconomiesQuestion(edition: edition, by: sort, region: region, top: top) }
}

extension EconomiesQuestion.Order: ExpressibleByArgument {}

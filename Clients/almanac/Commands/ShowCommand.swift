import AlmanacDataset
import ArgumentParser

struct ShowCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Everything known of a cluster, place, economy, organisation, programme, hub or group.",
        discussion: """
            Where several kinds have the same name, a cluster goes first and a note names the others: cluster/beijing and place/beijing \
            are different things, and figures of the one say nothing about the other. Ranks are drawn for the editions that share a \
            method; a gap is an edition whose rank is not known here.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "A name, an alias, or a key such as place/shenzhen. Accents and case are optional.")
    var name: [String]

    func question() -> any Question { ShowQuestion(name.joined(separator: " ")) }
}

import AlmanacDataset
import ArgumentParser

struct HubsCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "hubs", abstract: "The technology hubs of the United States, and what was awarded.",
        discussion: "Announced is not paid: what was paid is unknown unless a source says it.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("Only hubs that lie in this state, or in part.", valueName: "name"))
    var state: String?

    @Option(help: ArgumentHelp("Only hubs in this technology: words of it, or how one begins.", valueName: "words"))
    var technology: String?

    @Flag(help: "Only hubs with an implementation award.")
    var funded = false

    @Flag(help: "The rounds of awards instead, beside what sources state of them.")
    var rounds = false

    func validate() throws {
        if rounds, state != nil || technology != nil || funded {
            throw ValidationError("--rounds is about all hubs: it goes without --state, --technology and --funded.")
        }
    }

    func question() -> any Question {
        HubsQuestion(rounds ? .rounds : .hubs, state: state, technology: technology, isFunded: funded)
    }
}

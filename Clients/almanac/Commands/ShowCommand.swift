import AlmanacClient
import AlmanacDataset
import AlmanacReplica
import ArgumentParser

struct ShowCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Everything known of a cluster, place, economy, organisation, programme, hub or group.",
        discussion: """
            Where several kinds have the same name, a cluster goes first and a note names the others: cluster/beijing and place/beijing \
            are different things, and figures of the one say nothing about the other. Ranks are drawn for the editions that share a \
            method; a gap is an edition whose rank is not known here. What people wrote about it and its records comes last.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "A name, an alias, or a key such as place/shenzhen. Accents and case are optional.")
    var name: [String]

    private var subject: String { name.joined(separator: " ") }

    func question() -> any Question { ShowQuestion(subject) }

    func completed(_ reply: Reply, from dataset: DatasetReader, _ context: Context) throws -> Reply {
        let key = try SubjectLookup.key(called: subject, in: dataset)
        let answer = try context.annotations { book, authoring in
            try AnnotationAnswer(book, authoring).threads(about: key, in: "subjects")
        }
        guard let answer, !answer.isEmpty else { return reply }
        return Reply(reply.sections + [Reply.Section("Annotations", answer)], notes: reply.notes)
    }
}

import AlmanacClient
import AlmanacDataset
import AlmanacReplica
import ArgumentParser

/// A command that asks the local copy one question.
protocol QuestionCommand: AlmanacCommand {
    var answers: AnswerOptions { get }
    func question() throws -> any Question
    /// What the command says beyond the question's reply.
    func completed(_ reply: Reply, from dataset: DatasetReader, _ context: Context) throws -> Reply
}

extension QuestionCommand {
    func completed(_ reply: Reply, from dataset: DatasetReader, _ context: Context) throws -> Reply { reply }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let dataset = try DatasetReader(context.openReplicaForReading(views: AnswerViews.all))
        let reply = try completed(question().reply(from: dataset), from: dataset, context)
        let manner = ReplyPrinter.Manner(
            answers.format, isJSON: console.isJSON, isRaw: answers.raw, isPlain: console.isPlain,
            width: StandardStream.output.width)
        try ReplyPrinter(manner, sink: console.write, note: console.note).print(reply)
    }
}

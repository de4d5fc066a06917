import AlmanacClient
import AlmanacDataset
import ArgumentParser

/// A command that asks the local copy one question.
protocol QuestionCommand: AlmanacCommand {
    var answers: AnswerOptions { get }
    func question() throws -> any Question
}

extension QuestionCommand {
    func execute(_ console: Console) async throws {
        let dataset = try DatasetReader(path: options.chosen().context.replicaPath())
        let reply = try question().reply(from: dataset)
        let manner = ReplyPrinter.Manner(
            answers.format, isJSON: console.isJSON, isRaw: answers.raw, isPlain: console.isPlain,
            width: StandardStream.output.width)
        try ReplyPrinter(manner, sink: console.write, note: console.note).print(reply)
    }
}

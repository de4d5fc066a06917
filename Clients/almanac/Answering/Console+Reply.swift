import AlmanacClient
import AlmanacReplica

extension Console {
    /// Prints a reply in the form asked for. `nothing` is what people are told where there is nothing in it.
    func print(_ reply: Reply, _ answers: AnswerOptions, nothing: String? = nil) throws {
        var manner = ReplyPrinter.Manner(
            answers.format, isJSON: isJSON, isRaw: answers.raw, isPlain: isPlain, width: StandardStream.output.width)
        if let nothing { manner.nothing = nothing }
        try ReplyPrinter(manner, sink: write, note: note).print(reply)
    }
}

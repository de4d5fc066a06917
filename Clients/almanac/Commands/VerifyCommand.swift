import AlmanacClient
import AlmanacDataset
import AlmanacModel
import ArgumentParser

struct VerifyCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every row again and compare with what the authority signed.",
        discussion: "Exit status 7 when anything differs; what was found is said.")

    @OptionGroup var options: GlobalOptions

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let verification = try ReplicaVerification.run(context, views: AnswerViews.all, now: SystemClock.now())
        guard !console.isJSON else {
            return try console.message(
                "summary",
                [
                    JSONMember("context", .string(context.name)),
                    JSONMember("sequence", .count(verification.cursor.sequence.rawValue)),
                    JSONMember("records", .count(verification.recordCount)),
                    JSONMember("streams", .count(verification.streamCount)), JSONMember("verified", true),
                ])
        }
        try console.line(
            "\(console.glyphs.check) \(verification.cursor.sequence): \(Words.count(verification.recordCount, "record")) in "
                + "\(Words.count(verification.streamCount, "stream")) are what the authority signed")
    }
}

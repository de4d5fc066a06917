import AlmanacClient
import AlmanacModel
import ArgumentParser

struct ChangesCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "What has changed in the local copy, deletions included, as JSON Lines, offline.",
        discussion: """
            Each line is a "change" with the record as it is now (field names; keys for references, null for what is not here) or a \
            "deletion": the record has left that stream, because it was deleted or moved; its key is there if it was known here. They \
            come in the order of (sequence, collection, id), all of one head; of a record that moved, the deletion first. A "summary" \
            ends them, always.

            A record that was changed several times stands there once, in its last state; one that came and went may stand there as \
            a deletion alone. Of the "whole_streams" of the summary, which are new in this copy or came anew, every record is told: \
            what you hold of them beside these is gone. So is everything of the "left_streams", and of streams that are not among \
            the "streams". The summary's "position" is what to name the next time; a bare sequence does too, but where a stream \
            joined while the sequence stayed it is told whole until the sequence moves. What is told rests on the rows that a sync \
            verified; deletions are this copy's own notes.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "After which sequence or position; last-sync: after what the last sync that moved something found here.",
            valueName: "sequence|last-sync"))
    var since: String

    @Option(help: ArgumentHelp("Of this stream, or those of a pattern such as investments/*.", valueName: "stream"))
    var stream: String?

    @Option(name: .customLong("collection"), help: ArgumentHelp("Of this collection; may be repeated.", valueName: "collection"))
    var collections: [String] = []

    func validate() throws {
        if ChangesRequest.Since(since) == nil {
            throw ValidationError("--since takes a sequence, such as 48211, a position, or last-sync.")
        }
        if let stream, StreamPattern(stream) == nil { throw ValidationError("\"\(stream)\" is neither a stream nor a pattern.") }
    }

    func execute(_ console: Console) async throws {
        guard let since = ChangesRequest.Since(since) else { throw ClientError.usage("--since takes a sequence or last-sync.") }
        let request = ChangesRequest(since: since, stream: stream.flatMap { StreamPattern($0) }, collections: collections)
        let summary = try ReplicaChanges(options.chosen().context).write(request) { try console.write($0) }
        try console.message("summary", summary.members)
        for gap in summary.gaps { console.warn(gap) }
    }
}

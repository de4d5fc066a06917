import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What was written here as a table: a row an operation.
public struct OutboxAnswer {
    private let book: OutboxBook

    public init(_ book: OutboxBook) { self.book = book }

    public func answer(_ entries: [OutboxEntry]) -> Answer {
        Answer(kind: "change", columns: Self.columns, rows: entries.map(row))
    }

    /// One of them whole, for programs.
    public func members(_ entry: OutboxEntry, _ text: OperationText) throws -> [JSONMember] {
        let operation = try entry.operation.decode()
        return AnswerText.members(row(entry), of: answer([entry])) + [
            JSONMember("message", .string(operation.message)), JSONMember("changes", .array(text.objects(operation))),
        ]
    }

    private static let columns: [Answer.Column] = [
        .init("id"), .init("when"), .init("what", nil, .prose), .init("state", nil, .hidden), .init("words", "state", .prose),
        .init("uuid", nil, .hidden), .init("time", nil, .hidden), .init("sequence", nil, .hidden),
        .init("conflicts", nil, .hidden), .init("reason", nil, .hidden), .init("sentence", nil, .hidden),
        .init("retry_of", nil, .hidden), .init("retried_as", nil, .hidden),
    ]

    private func row(_ entry: OutboxEntry) -> [Answer.Cell] {
        let progress = book.progress(of: entry)
        let rejection: Receipt.Rejection? = if case .rejected(let rejection) = entry.state { rejection } else { nil }
        let applied = entry.settled?.applied
        return [
            .text(book.shortID(of: entry)), .text(AnnotationAnswer.minute(entry.added)), .text(entry.summary.string),
            .text(progress.code), .text(progress.words), .text(entry.id.description), .text(entry.added.description),
            applied.map { .integer(Int64(clamping: $0.sequence.rawValue)) } ?? .null,
            applied.map { .integer(Int64($0.conflicts.count)) } ?? .null,
            cell(rejection?.reason.description), cell(rejection?.sentence.string), cell(entry.retryOf?.description),
            cell(entry.retriedBy?.description),
        ]
    }

    private func cell(_ text: String?) -> Answer.Cell { text.map { .text($0) } ?? .null }
}

import AlmanacDataset
import AlmanacReplica
import Testing

/// What a question brought, for tests.
struct AskedReply {
    let reply: Reply

    init(_ question: some Question, _ dataset: DatasetReader) throws { reply = try question.reply(from: dataset) }

    /// The values of a column in all rows of one kind, in order.
    func column(_ name: String, of kind: String) throws -> [Answer.Cell] {
        try reply.sections.filter { $0.answer.kind == kind }.flatMap { section in
            let index = try #require(section.answer.columns.firstIndex { $0.name == name }, "no column \(name)")
            return section.answer.rows.map { $0[index] }
        }
    }

    func texts(_ name: String, of kind: String) throws -> [String] {
        try column(name, of: kind).map { if case .text(let text) = $0 { text } else { "" } }
    }
}

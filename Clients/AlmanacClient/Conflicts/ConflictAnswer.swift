import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Conflicts as a table, for programs.
public struct ConflictAnswer {
    private let authoring: Authoring
    private let text: ConflictText

    public init(_ authoring: Authoring, _ text: ConflictText) {
        self.authoring = authoring
        self.text = text
    }

    public func answer(_ conflicts: [Conflict]) throws -> Answer {
        Answer(kind: "conflict", columns: Self.columns, rows: try conflicts.map(row))
    }

    private static let columns: [Answer.Column] = [
        .init("id"), .init("what", nil, .prose), .init("kind"), .init("field"), .init("base", nil, .prose),
        .init("mine", nil, .prose),
        .init("server", nil, .prose), .init("author", "whose"), .init("server_author"), .init("state"), .init("kept"),
        .init("resolved_by"), .init("made", nil, .hidden), .init("server_sequence", nil, .hidden), .init("stream", nil, .hidden),
        .init("collection", nil, .hidden), .init("record", nil, .hidden), .init("target_name", nil, .hidden),
        .init("concerns_me", nil, .hidden),
    ]

    private func row(_ conflict: Conflict) throws -> [Answer.Cell] {
        let collection = authoring.working.schema.collection(conflict.collection)?.name.rawValue
        return [
            .text(conflict.shortID), .text(try text.title(conflict)), cell(conflict.kind?.rawValue),
            cell(text.fieldName(conflict)),
            cell(conflict.base), cell(conflict.mine), cell(conflict.server), .text(conflict.author), cell(conflict.serverAuthor),
            .text(conflict.isOpen ? "open" : "resolved"), cell(conflict.kept), cell(conflict.resolvedBy),
            cell(conflict.made?.description),
            conflict.serverSequence.map { .integer(Int64(clamping: $0.rawValue)) } ?? .null, .text(conflict.stream.rawValue),
            cell(collection), .integer(conflict.record.rawValue), cell(conflict.targetName),
            .integer(conflict.concerns(authoring.rights) ? 1 : 0),
        ]
    }

    private func cell(_ text: String?) -> Answer.Cell { text.map { .text($0) } ?? .null }
}

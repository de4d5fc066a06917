/// The collection of conflicts, as the specification fixes it. A conflict's record is in the stream of its target, in `curation` where that is the
/// dataset's, or in the stream of its author.
public enum ConflictSchema {
    public static let collection = CollectionID(fixed: 6)

    public static let targetCollection = FieldID(fixed: 1)
    public static let targetRecord = FieldID(fixed: 2)
    public static let targetField = FieldID(fixed: 3)
    public static let targetName = FieldID(fixed: 4)
    public static let kind = FieldID(fixed: 5)
    public static let base = FieldID(fixed: 6)
    public static let mine = FieldID(fixed: 7)
    public static let server = FieldID(fixed: 8)
    public static let author = FieldID(fixed: 9)
    public static let operation = FieldID(fixed: 10)
    public static let made = FieldID(fixed: 11)
    public static let serverAuthor = FieldID(fixed: 12)
    public static let serverSequence = FieldID(fixed: 13)
    public static let state = FieldID(fixed: 14)
    public static let kept = FieldID(fixed: 15)
    public static let resolvedBy = FieldID(fixed: 16)

    static let definition = SystemSchema.make(
        collection, "almanac_conflicts", key: nil,
        [
            Field(
                id: targetCollection, name: Identifier(fixed: "target_collection"), type: .integer,
                description: "The collection of the record that it is over"),
            Field(
                id: targetRecord, name: Identifier(fixed: "target_record"), type: .integer,
                description: "The id of the record that it is over"),
            Field(
                id: targetField, name: Identifier(fixed: "target_field"), type: .integer,
                description: "The number of the field that it is over"),
            Field(id: targetName, name: Identifier(fixed: "target_name"), type: .text, description: "What the record is called"),
            Field(
                id: kind, name: Identifier(fixed: "kind"), type: .text,
                description: "value, deleted, moved or changed: what happened in between"),
            Field(id: base, name: Identifier(fixed: "base"), type: .text, description: "What the author of mine saw"),
            Field(id: mine, name: Identifier(fixed: "mine"), type: .text, description: "What the author of mine wrote"),
            Field(id: server, name: Identifier(fixed: "server"), type: .text, description: "What stands in the record"),
            Field(id: author, name: Identifier(fixed: "author"), type: .text, description: "Who wrote mine"),
            Field(
                id: operation, name: Identifier(fixed: "operation"), type: .uuid, description: "The operation that brought mine"),
            Field(
                id: made, name: Identifier(fixed: "made"), type: .instant,
                description: "When mine was written, by its author's clock"),
            Field(
                id: serverAuthor, name: Identifier(fixed: "server_author"), type: .text,
                description: "Who wrote what stands in the record"),
            Field(
                id: serverSequence, name: Identifier(fixed: "server_sequence"), type: .integer,
                description: "The commit that brought what stands in the record"),
            Field(id: state, name: Identifier(fixed: "state"), type: .text, description: "open or resolved"),
            Field(
                id: kept, name: Identifier(fixed: "kept"), type: .text,
                description: "mine, server, both or edit: how it was resolved"),
            Field(id: resolvedBy, name: Identifier(fixed: "resolved_by"), type: .text, description: "Who resolved it"),
        ])
}

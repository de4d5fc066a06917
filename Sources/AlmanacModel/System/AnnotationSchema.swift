/// The collection of annotations, as the specification fixes it. An annotation's record is in its team's stream.
public enum AnnotationSchema {
    public static let collection = CollectionID(fixed: 5)

    public static let uuid = FieldID(fixed: 1)
    public static let kind = FieldID(fixed: 2)
    public static let author = FieldID(fixed: 3)
    public static let created = FieldID(fixed: 4)
    public static let edited = FieldID(fixed: 5)
    public static let text = FieldID(fixed: 6)
    public static let tags = FieldID(fixed: 7)
    public static let mentions = FieldID(fixed: 8)
    public static let parent = FieldID(fixed: 9)
    public static let state = FieldID(fixed: 10)
    public static let closedBy = FieldID(fixed: 11)
    public static let targetCollection = FieldID(fixed: 12)
    public static let targetRecord = FieldID(fixed: 13)
    public static let targetField = FieldID(fixed: 14)
    public static let targetName = FieldID(fixed: 15)
    public static let seen = FieldID(fixed: 16)
    public static let seenSequence = FieldID(fixed: 17)
    public static let correction = FieldID(fixed: 18)
    public static let source = FieldID(fixed: 19)

    static let definition = SystemSchema.make(
        collection, "almanac_annotations", key: nil,
        [
            Field(
                id: uuid, name: Identifier(fixed: "uuid"), type: .uuid,
                description: "The operation that made it: its name for ever"),
            Field(id: kind, name: Identifier(fixed: "kind"), type: .text, description: "note, question, correction or flag"),
            Field(id: author, name: Identifier(fixed: "author"), type: .text, description: "Who wrote it"),
            Field(id: created, name: Identifier(fixed: "created"), type: .instant, description: "By its author's clock"),
            Field(
                id: edited, name: Identifier(fixed: "edited"), type: .instant,
                description: "When its author last changed it, by the clock"),
            Field(id: text, name: Identifier(fixed: "text"), type: .text, description: "Markdown", mergeRule: .text),
            Field(id: tags, name: Identifier(fixed: "tags"), type: .textSet, description: "", mergeRule: .set),
            Field(
                id: mentions, name: Identifier(fixed: "mentions"), type: .textSet,
                description: "The people whom the text mentions"),
            Field(
                id: parent, name: Identifier(fixed: "parent"), type: .reference(collection),
                description: "The annotation that this one replies to"),
            Field(
                id: state, name: Identifier(fixed: "state"), type: .text,
                description: "open, resolved or accepted; replies have none"),
            Field(id: closedBy, name: Identifier(fixed: "closed_by"), type: .text, description: "Who resolved or accepted it"),
            Field(
                id: targetCollection, name: Identifier(fixed: "target_collection"), type: .integer,
                description: "The collection of the record that it is about"),
            Field(
                id: targetRecord, name: Identifier(fixed: "target_record"), type: .integer,
                description: "The id of the record that it is about"),
            Field(
                id: targetField, name: Identifier(fixed: "target_field"), type: .integer,
                description: "The number of the field that it is about"),
            Field(id: targetName, name: Identifier(fixed: "target_name"), type: .text, description: "What the record was called"),
            Field(id: seen, name: Identifier(fixed: "seen"), type: .text, description: "What its author saw there"),
            Field(
                id: seenSequence, name: Identifier(fixed: "seen_sequence"), type: .integer,
                description: "The last change of the record that its author saw"),
            Field(
                id: correction, name: Identifier(fixed: "correction"), type: .text,
                description: "The value that a correction proposes"),
            Field(
                id: source, name: Identifier(fixed: "source"), type: .text, description: "Where a correction's value comes from"),
        ])
}

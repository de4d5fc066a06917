import AlmanacModel

/// Why a record would not be a valid one of its collection.
public enum RuleViolation: Error, Hashable, Sendable {
    case unknownField(CollectionID, FieldID)
    case wrongType(CollectionID, FieldID)
    case missing(CollectionID, FieldID)
    /// The authority sets the field by itself.
    case notSettable(CollectionID, FieldID)
    case notAmong(CollectionID, FieldID, [String])
    /// White space alone.
    case blank(CollectionID, FieldID)
    /// In bytes.
    case tooLong(CollectionID, FieldID, maximum: Int)
    case tooMany(CollectionID, FieldID, maximum: Int)
    /// The whole record; in bytes.
    case tooLarge(CollectionID, maximum: Int)
    /// A tag or a name that is none.
    case malformed(CollectionID, FieldID, Text)
    /// A number that no record, collection or field has.
    case noSuchNumber(CollectionID, FieldID)
    /// One field without the other.
    case needs(CollectionID, FieldID, with: FieldID)
    /// A reply says nothing of its own there: its thread does.
    case notInReply(FieldID)
    /// A reply that is not where what it replies to is.
    case replyElsewhere(StreamName)
    case ownerNotMember(Text)
    case unresolved
}

extension RuleViolation: CustomStringConvertible {
    /// A sentence for the person: what is wrong, with what, and what to do.
    public var description: String {
        switch self {
        case .unknownField(let collection, let field):
            "\(Words.name(collection)) have no field \(field) here: leave it out, or update the authority"
        case .wrongType(let collection, let field):
            "the field \(Words.name(field, of: collection)) of \(Words.name(collection)) does not hold that type of value: change it"
        case .missing(let collection, let field):
            "\(Words.name(collection)) need the field \(Words.name(field, of: collection)): fill it in"
        case .notSettable(let collection, let field):
            "the authority sets \(Words.name(field, of: collection)) of \(Words.name(collection)) by itself: leave it out"
        case .notAmong(let collection, let field, let allowed):
            "\(Words.name(field, of: collection)) is one of \(allowed.joined(separator: ", ")): choose one"
        case .blank(let collection, let field):
            "\(Words.name(field, of: collection)) has nothing but white space: write something"
        case .tooLong(let collection, let field, let maximum):
            "\(Words.name(field, of: collection)) has more than \(maximum) bytes: shorten it"
        case .tooMany(let collection, let field, let maximum):
            "\(Words.name(field, of: collection)) has more than \(maximum) elements: take some away"
        case .tooLarge(let collection, let maximum):
            "all fields of one of the \(Words.name(collection)) have more than \(maximum) bytes together: shorten one"
        case .malformed(let collection, let field, let text):
            "\(Words.quoted(text)) cannot be in \(Words.name(field, of: collection)): \(Self.syntax(field, of: collection))"
        case .noSuchNumber(let collection, let field):
            "\(Words.name(field, of: collection)) is a number that nothing has: correct it"
        case .needs(let collection, let field, let other):
            "\(Words.name(field, of: collection)) needs \(Words.name(other, of: collection)): give both"
        case .notInReply(let field):
            "a reply has no \(Words.name(field, of: AnnotationSchema.collection)), its thread has: leave it out"
        case .replyElsewhere(let stream):
            "a reply stands where its thread does, in \(stream): put it there, or move the whole thread"
        case .ownerNotMember(let person):
            "\(Words.quoted(person)) owns the team and is no member of it: make them a member, or no owner"
        case .unresolved: "a conflict is resolved by setting its state to resolved, and saying what was kept: set both"
        }
    }

    private static func syntax(_ field: FieldID, of collection: CollectionID) -> String {
        switch (collection, field) {
        case (AnnotationSchema.collection, _): "a tag has 1 to 64 bytes, no white space and no control characters"
        case (TeamSchema.collection, TeamSchema.name):
            "a team's name has 1 to 48 lower-case letters, digits and hyphens, and begins with no hyphen"
        default: "a name has 1 to 64 bytes and no control characters"
        }
    }
}

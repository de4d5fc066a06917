import AlmanacModel

/// Something of a collection that an export does not give as it is.
public enum ExportNote: Hashable, Sendable {
    /// So many references are to records of streams that the replica does not hold, and were written as null.
    case referencesElsewhere(Identifier, count: Int, isRequired: Bool)
    /// The collection that the field refers to is not in the package.
    case plainReference(Identifier, to: Identifier)
    /// The field's type is newer than this program.
    case unknownType(Identifier)
    /// So many texts have characters that were written as escapes, because a terminal may obey them.
    case escaped(count: Int)
    /// So many texts hold a NUL, which CSV readers refuse.
    case nul(count: Int)

    /// A sentence for people, about the collection of this name.
    public func sentence(_ collection: Identifier) -> String {
        switch self {
        case .referencesElsewhere(let field, let count, let isRequired):
            "\(collection).\(field): \(Words.count(count, "reference")) to records that this copy does not hold: left empty"
                + (isRequired ? ", and the field is not marked as required" : "")
        case .plainReference(let field, let target):
            "\(collection).\(field) refers to \(target), which is not in the package: its keys are plain texts there"
        case .unknownType(let field): "\(collection).\(field) is left out: its type is newer than this program"
        case .escaped(let count):
            "\(collection): control characters of \(Words.count(count, "text")) are written as escapes; --raw, or --output, writes "
                + "them as they are"
        case .nul(let count): "\(collection): \(Words.count(count, "text")) with a NUL character, which CSV readers refuse"
        }
    }
}

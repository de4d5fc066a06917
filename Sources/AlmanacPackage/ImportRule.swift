import AlmanacModel

/// What a table, a row or a value broke.
public enum ImportRule: Error, Hashable, Sendable {
    // The file.
    case emptyFile
    case notUTF8
    case nul
    case unterminatedQuote
    case bareQuote
    case textAfterQuote
    case bareCarriageReturn
    case fieldTooLong(limit: ByteCount)
    case tooManyColumns(limit: Int)
    case columnCount(expected: Int, found: Int)

    // The header.
    case unknownColumn
    case repeatedColumn
    case missingColumn

    // Mappings.
    case unmappedColumn
    /// No record has this name, but one may have a name that is nearly so written.
    case unknownName(near: Text?)
    case ambiguousName([Text])
    case groupSize(expected: Int, found: Int)

    // The type.
    case type(expected: String)
    case integerRange
    case leadingZeros
    /// More significant digits, or a larger exponent, than an exact decimal has.
    case precision(digits: Int)
    case repeatedElement
    case unknownType

    // The constraints.
    case required
    case unique(firstRow: Int)
    case minimumLength(Int)
    case maximumLength(Int)
    case minimum(Value)
    case maximum(Value)
    case allowed([Value])
    case pattern(String)
    case tooLongForPattern(limit: Int)

    // Streams and references.
    case noStream(above: StreamName)
    /// No record of that collection has this key, but one may have a key that is nearly so written; found by the authority.
    case unknownReference(to: Identifier, near: Text?)
    /// The references lead back to where they began: the records of the circle; found by the authority.
    case circle([RecordPlace])
    /// The record is not in the file that replaces its collection, and this one still refers to it; found by the authority.
    case stillNeeded(by: Text, of: Identifier, field: Identifier)
    /// A record that the file does not change has this value; found by the authority.
    case taken(by: Text)
}

extension ImportRule: CustomStringConvertible {
    /// What follows the value in a sentence.
    public var description: String { formText ?? mappingText ?? typeText ?? constraintText }

    private var formText: String? {
        switch self {
        case .emptyFile: "the file is empty; it needs a header"
        case .notUTF8: "is not UTF-8; convert the file"
        case .nul: "contains a NUL byte"
        case .unterminatedQuote: "begins with a quote that is never closed"
        case .bareQuote: "contains a quote but does not begin with one; quote the whole value and double the quotes in it"
        case .textAfterQuote: "goes on after its closing quote; double the quotes in it"
        case .bareCarriageReturn: "contains a carriage return without a line feed; quote the value or correct the line's end"
        case .fieldTooLong(let limit): "is longer than \(limit)"
        case .tooManyColumns(let limit): "has more than \(limit) columns"
        case .columnCount(let expected, let found): "has \(found) \(found == 1 ? "column" : "columns") instead of \(expected)"
        case .unknownColumn: "is not a field of this table"
        case .repeatedColumn: "is there twice"
        case .missingColumn: "is missing from the header"
        default: nil
        }
    }

    private var mappingText: String? {
        switch self {
        case .unmappedColumn: "is one of which the mapping says nothing"
        case .unknownName(let near):
            "is not a name that the dataset knows\(Self.suggestion(near)); add it to the mapping, as a name or to be ignored"
        case .ambiguousName(let keys):
            "is the name of several: \(VisibleText.shortened(keys.map(\.string).joined(separator: ", "), limit: 200)); "
                + "say in the mapping's names which is meant"
        case .groupSize(let expected, let found): "has \(found) \(found == 1 ? "row" : "rows") together instead of \(expected)"
        default: nil
        }
    }

    private var typeText: String? {
        switch self {
        case .type(let expected): "is not of type \(expected)"
        case .integerRange: "is beyond the range of 64-bit integers"
        case .leadingZeros: "has leading zeros, which a number would lose; drop them, or make the field a string"
        case .precision(let digits):
            "cannot be kept exactly: a number has at most \(digits) significant digits and an exponent of 22; round it, "
                + "or make the field a string"
        case .repeatedElement: "has the same element twice"
        case .unknownType: "is of a type that this version does not know; upgrade"
        default: nil
        }
    }

    private var constraintText: String {
        switch self {
        case .required: "is required and missing"
        case .unique(let row): "has to be unique, and row \(row) has it already"
        case .minimumLength(let length): "is shorter than \(length)"
        case .maximumLength(let length): "is longer than \(length)"
        case .minimum(let value): "is less than \(value)"
        case .maximum(let value): "is more than \(value)"
        case .allowed(let values):
            "is not one of \(VisibleText.shortened(values.map(\.description).joined(separator: ", "), limit: 200))"
        case .pattern(let pattern): "does not match the pattern \(VisibleText.shortened(pattern, limit: 200))"
        case .tooLongForPattern(let limit): "is longer than \(limit) bytes, too long to be matched with a pattern"
        case .noStream(let name): "does not make the name of a stream below \(name); use letters and digits"
        case .taken(let key): "has to be unique, and the record \(VisibleText.quoted(key.string)) has it already"
        case .unknownReference(let collection, let near):
            "is not the key of any record of \(collection)\(Self.suggestion(near))"
        case .circle(let places): "leads back to itself: \(Self.path(places))"
        case .stillNeeded(let key, let collection, let field):
            "is missing, so it would be deleted, but \(field) of the record \(VisibleText.quoted(key.string)) of \(collection) "
                + "refers to it"
        default: ""
        }
    }

    private static func suggestion(_ near: Text?) -> String {
        near.map { " (did you mean \(VisibleText.quoted($0.string))?)" } ?? ""
    }

    private static func path(_ places: [RecordPlace]) -> String {
        let shown = places.prefix(10).map(\.description) + (places.count > 10 ? ["…"] : [])
        return (shown + places.prefix(1).map { VisibleText.quoted($0.key.string) }).joined(separator: " → ")
    }
}

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
    /// No record of that collection has this key; found by the authority.
    case unknownReference(to: Identifier)
    /// A record that the file does not change has this value; found by the authority.
    case taken(by: Text)
}

extension ImportRule: CustomStringConvertible {
    /// What follows the value in a sentence.
    public var description: String { formText ?? typeText ?? constraintText }

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
        case .unknownReference(let collection): "is not the key of any record of \(collection)"
        default: ""
        }
    }
}

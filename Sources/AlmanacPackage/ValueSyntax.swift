import AlmanacModel

/// How the values of a column are written.
enum ValueSyntax: Hashable, Sendable {
    case text, integer, year, decimal, date, instant, uuid, bytes, textSet
    case boolean(BooleanWords)
    /// The readable key of another record.
    case key
    /// Of a type that this program does not know.
    case unknown

    /// As the values of a field of this type are written when no package says otherwise.
    init(standardFor type: FieldType) {
        switch type {
        case .boolean: self = .boolean(.standard)
        case .integer: self = .integer
        case .decimal: self = .decimal
        case .text: self = .text
        case .date: self = .date
        case .instant: self = .instant
        case .uuid: self = .uuid
        case .bytes: self = .bytes
        case .textSet: self = .textSet
        case .reference: self = .key
        case .unknown: self = .unknown
        }
    }

    /// Whether any text can be a value.
    var isText: Bool { self == .text || self == .key }

    /// What messages call a value of this kind.
    var name: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .year: "year"
        case .decimal: "number"
        case .date: "date (YYYY-MM-DD)"
        case .instant: "time (YYYY-MM-DDThh:mm:ssZ)"
        case .uuid: "UUID"
        case .bytes: "bytes (hexadecimal digits)"
        case .textSet: "JSON array of strings"
        case .boolean: "boolean"
        case .key: "key"
        case .unknown: "unknown type"
        }
    }
}

/// The words for true and false.
struct BooleanWords: Hashable, Sendable {
    let `true`: [Text]
    let `false`: [Text]

    /// Source: https://specs.frictionlessdata.io/table-schema/#boolean
    static let standard = BooleanWords(true: ["true", "True", "TRUE", "1"], false: ["false", "False", "FALSE", "0"])
}

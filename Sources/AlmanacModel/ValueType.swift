/// The type of a field. The raw value is its code in canonical encodings and never changes its meaning.
public enum ValueType: UInt8, Hashable, Sendable, CaseIterable {
    case boolean = 1
    case integer = 2
    case decimal = 3
    case text = 4
    case date = 5
    case instant = 6
    case uuid = 7
    case bytes = 8
    /// Distinct texts, in the order of their bytes.
    case textSet = 9
    /// The record id of a record in the collection that the field refers to.
    case reference = 10
}

extension ValueType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .decimal: "decimal"
        case .text: "text"
        case .date: "date"
        case .instant: "instant"
        case .uuid: "uuid"
        case .bytes: "bytes"
        case .textSet: "text set"
        case .reference: "reference"
        }
    }
}

/// One value of a record. Absence (null) is not a value: a record simply has no value for that field.
public enum Value: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int64)
    case decimal(ExactDecimal)
    case text(Text)
    case date(CalendarDate)
    case instant(Instant)
    case uuid(UniqueID)
    case bytes([UInt8])
    case textSet(TextSet)
    case reference(RecordID)
    /// A value of a type that this program does not know, kept as it came so that the digest still agrees.
    case unknown(UnknownValue)

    /// Nil for a value of unknown type.
    public var type: ValueType? {
        switch self {
        case .boolean: .boolean
        case .integer: .integer
        case .decimal: .decimal
        case .text: .text
        case .date: .date
        case .instant: .instant
        case .uuid: .uuid
        case .bytes: .bytes
        case .textSet: .textSet
        case .reference: .reference
        case .unknown: nil
        }
    }

    /// The code of the type in canonical encodings, known or not.
    public var typeCode: UInt8 {
        if case .unknown(let value) = self { value.typeCode } else { type?.rawValue ?? 0 }
    }
}

/// The canonical bytes of a value whose type this program does not know.
public struct UnknownValue: Hashable, Sendable {
    public let typeCode: UInt8
    public let bytes: [UInt8]

    /// Nil when the type is a known one (its value has to be decoded) or zero, which is no type.
    public init?(typeCode: UInt8, bytes: [UInt8]) {
        guard typeCode != 0, ValueType(rawValue: typeCode) == nil else { return nil }
        self.typeCode = typeCode
        self.bytes = bytes
    }
}

extension Value: CustomStringConvertible {
    /// As a person reads it: in tables and messages.
    public var description: String {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .decimal(let value): value.description
        case .text(let value): value.string
        case .date(let value): value.description
        case .instant(let value): value.description
        case .uuid(let value): value.description
        case .bytes(let value): Hex.encode(value)
        case .textSet(let value): value.elements.map(\.string).joined(separator: ", ")
        case .reference(let value): value.description
        case .unknown(let value): "(type \(value.typeCode)) \(Hex.encode(value.bytes))"
        }
    }
}

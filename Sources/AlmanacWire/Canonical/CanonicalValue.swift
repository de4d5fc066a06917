import AlmanacModel

/// The canonical bytes of a value: section 5 of the specification.
public enum CanonicalValue {
    /// How many bytes ``append(_:to:)`` appends.
    public static func byteCount(of value: Value) -> Int {
        switch value {
        case .boolean: 1
        case .integer(let number): Varint.zigzagByteCount(number)
        case .decimal(let decimal):
            Varint.zigzagByteCount(Int64(decimal.exponent)) + Varint.zigzagByteCount(decimal.significand)
        case .text(let text): text.utf8.count
        case .date(let date): Varint.zigzagByteCount(Int64(date.dayNumber))
        case .instant(let instant): Varint.zigzagByteCount(instant.milliseconds)
        case .uuid(let id): id.bytes.count
        case .bytes(let bytes): bytes.count
        case .textSet(let set): byteCount(of: set)
        case .reference(let id): Varint.byteCount(UInt64(id.rawValue))
        case .unknown(let value): value.bytes.count
        }
    }

    private static func byteCount(of set: TextSet) -> Int {
        var count = Varint.byteCount(set.elements.count)
        for element in set.elements { count += Varint.byteCount(element.utf8.count) + element.utf8.count }
        return count
    }

    /// Without a length before them.
    public static func append(_ value: Value, to bytes: inout [UInt8]) {
        switch value {
        case .boolean(let value): bytes.append(value ? 1 : 0)
        case .integer(let number): bytes.appendZigzag(number)
        case .decimal(let decimal):
            bytes.appendZigzag(Int64(decimal.exponent))
            bytes.appendZigzag(decimal.significand)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .date(let date): bytes.appendZigzag(Int64(date.dayNumber))
        case .instant(let instant): bytes.appendZigzag(instant.milliseconds)
        case .uuid(let id): bytes.append(contentsOf: id.bytes)
        case .bytes(let content): bytes.append(contentsOf: content)
        case .textSet(let set): append(set, to: &bytes)
        case .reference(let id): bytes.appendVarint(UInt64(id.rawValue))
        case .unknown(let value): bytes.append(contentsOf: value.bytes)
        }
    }

    private static func append(_ set: TextSet, to bytes: inout [UInt8]) {
        bytes.appendVarint(set.elements.count)
        for element in set.elements {
            bytes.appendVarint(element.utf8.count)
            bytes.append(contentsOf: element.utf8)
        }
    }

    /// The value of these bytes, all of them.
    public static func decode(typeCode: UInt8, bytes: [UInt8]) throws(WireError) -> Value {
        var reader = WireReader(bytes)
        let value = try read(typeCode, from: &reader)
        try reader.finish("value")
        return value
    }

    /// The value that all bytes of the reader make.
    static func read(_ typeCode: UInt8, from reader: inout WireReader) throws(WireError) -> Value {
        guard let type = ValueType(rawValue: typeCode) else {
            guard let value = UnknownValue(typeCode: typeCode, bytes: reader.rest()) else {
                throw .unknownCode("type of a value", code: UInt64(typeCode))
            }
            return .unknown(value)
        }
        switch type {
        case .boolean: return .boolean(try boolean(&reader))
        case .integer: return .integer(try reader.zigzag("integer"))
        case .decimal: return .decimal(try decimal(&reader))
        case .text: return .text(try reader.text(byteCount: try length(reader), "text value"))
        case .date: return try date(try reader.zigzag("date"))
        case .instant: return try instant(try reader.zigzag("instant"))
        case .uuid: return .uuid(try reader.uniqueID("uuid"))
        case .bytes: return .bytes(try reader.fixed(try length(reader), "bytes value"))
        case .textSet: return .textSet(try textSet(&reader))
        case .reference: return .reference(try reader.recordID("reference"))
        }
    }

    static func date(_ number: Int64) throws(WireError) -> Value {
        guard let date = CalendarDate(dayNumber: number) else { throw .outOfRange("date") }
        return .date(date)
    }

    static func instant(_ number: Int64) throws(WireError) -> Value {
        guard let instant = Instant(milliseconds: number) else { throw .outOfRange("instant") }
        return .instant(instant)
    }

    private static func length(_ reader: WireReader) throws(WireError) -> Int {
        guard reader.remaining <= Caps.textValue else { throw .tooLarge("text or bytes value", cap: Caps.textValue) }
        return reader.remaining
    }

    private static func boolean(_ reader: inout WireReader) throws(WireError) -> Bool {
        switch try reader.u8("boolean") {
        case 0: false
        case 1: true
        default: throw .outOfRange("boolean")
        }
    }

    private static func decimal(_ reader: inout WireReader) throws(WireError) -> ExactDecimal {
        let (exponent, significand) = (try reader.zigzag("decimal"), try reader.zigzag("decimal"))
        guard let decimal = ExactDecimal(significand: significand, exponent: Int(exponent)) else { throw .outOfRange("decimal") }
        guard decimal.significand == significand, Int64(decimal.exponent) == exponent else { throw .nonCanonical("decimal") }
        return decimal
    }

    private static func textSet(_ reader: inout WireReader) throws(WireError) -> TextSet {
        let elements = try reader.list("text set", cap: Caps.textSetElements) { reader throws(WireError) in
            try reader.text("element of a text set", cap: Caps.textValue)
        }
        guard let set = TextSet(ascending: elements) else { throw .notAscending("elements of a text set") }
        return set
    }
}

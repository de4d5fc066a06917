import AlmanacModel

/// Gathers the values of one field for a chunk.
final class ColumnBuilder {
    let field: FieldID
    /// Nil while only nulls have come.
    private(set) var type: UInt8?
    private(set) var count = 0
    private var presence = Bitmap()
    var numbers: [Int64] = []
    var exponents: [Int8] = []
    var strings = ByteStrings()
    var setCounts: [Int] = []

    init(field: FieldID) { self.field = field }

    /// A column of nulls has to name some type.
    private static let typeOfNulls = ValueType.text.rawValue

    func append(_ value: Value, row: Int) {
        type = value.typeCode
        count += 1
        presence.set(row)
        switch value {
        case .boolean(let value): numbers.append(value ? 1 : 0)
        case .integer(let number): numbers.append(number)
        case .decimal(let decimal):
            numbers.append(decimal.significand)
            exponents.append(decimal.exponent)
        case .text(let text): strings.append(text.utf8)
        case .date(let date): numbers.append(Int64(date.dayNumber))
        case .instant(let instant): numbers.append(instant.milliseconds)
        case .uuid(let id): strings.append(id.bytes)
        case .bytes(let bytes): strings.append(bytes)
        case .textSet(let set):
            setCounts.append(set.elements.count)
            for element in set.elements { strings.append(element.utf8) }
        case .reference(let id): numbers.append(id.rawValue)
        case .unknown(let value): strings.append(value.bytes)
        }
    }

    /// The column as it stands in a body of so many rows.
    func append(to body: inout [UInt8], rows: Int) {
        let code = type ?? Self.typeOfNulls
        body.appendVarint(UInt64(field.rawValue))
        body.append(code)
        body.append(count == rows ? 0 : 1)
        if count != rows { presence.append(to: &body, count: rows) }
        appendValues(of: ValueType(rawValue: code), to: &body)
    }
}

import AlmanacModel

/// Reads the values of a column.
struct ColumnReader {
    var body: WireReader
    let count: Int
    var budget: ExpansionBudget

    /// The encoding's code, then the values.
    mutating func values(of type: UInt8) throws(WireError) -> [Value] {
        let code = try body.u8("encoding of a column")
        guard let encoding = ColumnEncoding(rawValue: code) else {
            throw .unknownCode("encoding of a column", code: UInt64(code))
        }
        try budget.spend(values: count)
        switch (ValueType(rawValue: type), encoding) {
        case (.boolean, .plain): return try booleans()
        case (.integer, .plain), (.integer, .difference): return try numbers(encoding).map(Value.integer)
        case (.date, .plain), (.date, .difference): return try dates(encoding)
        case (.instant, .plain), (.instant, .difference): return try instants(encoding)
        case (.reference, .plain), (.reference, .difference): return try references(encoding)
        case (.decimal, .plain): return try plainDecimals()
        case (.decimal, .scaled): return try scaledDecimals()
        case (.uuid, .plain): return try uuids()
        case (.text, .plain), (.text, .dictionary): return try texts(count, encoding).map(Value.text)
        case (.bytes, .plain), (.bytes, .dictionary): return try byteValues(encoding)
        case (.textSet, .plain): return try textSets()
        case (.none, .plain): return try unknownValues(type)
        default: throw .unknownCode("encoding of a column of this type", code: UInt64(code))
        }
    }

    /// At least so many bytes have to be there, before anything is allocated.
    func require(_ byteCount: Int) throws(WireError) {
        guard byteCount <= body.remaining else { throw .truncated("values of a column") }
    }

    func reserved<Element>(_ count: Int) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(count)
        return elements
    }

    private mutating func booleans() throws(WireError) -> [Value] {
        let bits = try Bitmap(from: &body, count: count, "values of a column")
        var values: [Value] = reserved(count)
        for index in 0..<count { values.append(.boolean(bits[index])) }
        return values
    }

    private mutating func uuids() throws(WireError) -> [Value] {
        try require(count * UniqueID.byteCount)
        var values: [Value] = reserved(count)
        for _ in 0..<count { values.append(.uuid(try body.uniqueID("values of a column"))) }
        return values
    }
}

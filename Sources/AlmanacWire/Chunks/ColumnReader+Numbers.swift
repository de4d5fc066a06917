import AlmanacModel

extension ColumnReader {
    mutating func numbers(_ encoding: ColumnEncoding) throws(WireError) -> [Int64] {
        try require(count)
        if encoding == .difference { return try body.differences(count, from: 0, "values of a column") }
        var numbers: [Int64] = reserved(count)
        for _ in 0..<count { numbers.append(try body.zigzag("values of a column")) }
        return numbers
    }

    mutating func dates(_ encoding: ColumnEncoding) throws(WireError) -> [Value] {
        var values: [Value] = reserved(0)
        for number in try numbers(encoding) { values.append(try CanonicalValue.date(number)) }
        return values
    }

    mutating func instants(_ encoding: ColumnEncoding) throws(WireError) -> [Value] {
        var values: [Value] = reserved(0)
        for number in try numbers(encoding) { values.append(try CanonicalValue.instant(number)) }
        return values
    }

    mutating func references(_ encoding: ColumnEncoding) throws(WireError) -> [Value] {
        try require(count)
        var values: [Value] = reserved(count)
        if encoding == .difference {
            for number in try numbers(encoding) {
                guard let id = RecordID(number) else { throw .outOfRange("reference") }
                values.append(.reference(id))
            }
        } else {
            for _ in 0..<count { values.append(.reference(try body.recordID("reference"))) }
        }
        return values
    }

    mutating func plainDecimals() throws(WireError) -> [Value] {
        try require(count * 2)
        var values: [Value] = reserved(count)
        for _ in 0..<count {
            let exponent = try body.zigzag("values of a column")
            values.append(try Self.decimal(try body.zigzag("values of a column"), exponent))
        }
        return values
    }

    mutating func scaledDecimals() throws(WireError) -> [Value] {
        let exponent = try body.zigzag("exponent of a column")
        try require(count)
        var values: [Value] = reserved(count)
        for _ in 0..<count { values.append(try Self.decimal(try body.zigzag("values of a column"), exponent)) }
        return values
    }

    private static func decimal(_ significand: Int64, _ exponent: Int64) throws(WireError) -> Value {
        guard let decimal = ExactDecimal(significand: significand, exponent: Int(exponent)) else { throw .outOfRange("decimal") }
        return .decimal(decimal)
    }
}

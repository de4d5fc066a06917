import AlmanacModel

extension ColumnBuilder {
    /// The encoding's code, then the values.
    func appendValues(of type: ValueType?, to body: inout [UInt8]) {
        switch type {
        case .boolean: appendBooleans(to: &body)
        case .integer, .date, .instant: appendNumbers(isReference: false, to: &body)
        case .reference: appendNumbers(isReference: true, to: &body)
        case .decimal: appendDecimals(to: &body)
        case .text, .bytes: Self.append(strings, to: &body)
        case .textSet:
            body.append(ColumnEncoding.plain.rawValue)
            for count in setCounts { body.appendVarint(count) }
            Self.append(strings, to: &body)
        case .uuid:
            body.append(ColumnEncoding.plain.rawValue)
            body.append(contentsOf: strings.bytes)
        case .none:
            body.append(ColumnEncoding.plain.rawValue)
            strings.appendPlain(to: &body)
        }
    }

    private func appendBooleans(to body: inout [UInt8]) {
        var bits = Bitmap()
        for (index, number) in numbers.enumerated() where number != 0 { bits.set(index) }
        body.append(ColumnEncoding.plain.rawValue)
        bits.append(to: &body, count: numbers.count)
    }

    private func appendNumbers(isReference: Bool, to body: inout [UInt8]) {
        if differencesAreSmaller(isReference: isReference) {
            body.append(ColumnEncoding.difference.rawValue)
            var last: Int64 = 0
            for number in numbers {
                body.appendZigzag(number - last)
                last = number
            }
        } else {
            body.append(ColumnEncoding.plain.rawValue)
            for number in numbers { body.appendVarint(isReference ? UInt64(number) : Varint.zigzag(number)) }
        }
    }

    /// False also where a difference does not fit into 64 bits.
    private func differencesAreSmaller(isReference: Bool) -> Bool {
        var (plain, difference) = (0, 0)
        var last: Int64 = 0
        for number in numbers {
            let (step, overflow) = number.subtractingReportingOverflow(last)
            if overflow { return false }
            plain += Varint.byteCount(isReference ? UInt64(number) : Varint.zigzag(number))
            difference += Varint.zigzagByteCount(step)
            last = number
        }
        return difference < plain
    }

    private func appendDecimals(to body: inout [UInt8]) {
        if let (exponent, scaled) = scaled {
            body.append(ColumnEncoding.scaled.rawValue)
            body.appendZigzag(Int64(exponent))
            for number in scaled { body.appendZigzag(number) }
        } else {
            body.append(ColumnEncoding.plain.rawValue)
            for (exponent, number) in zip(exponents, numbers) {
                body.appendZigzag(Int64(exponent))
                body.appendZigzag(number)
            }
        }
    }

    /// All numbers in units of the smallest power of ten, where that is shorter than writing each with its own.
    private var scaled: (exponent: Int8, numbers: [Int64])? {
        guard let exponent = exponents.min() else { return nil }
        var scaled: [Int64] = []
        scaled.reserveCapacity(numbers.count)
        var (plain, size) = (0, 1)
        for (index, number) in numbers.enumerated() {
            guard let shifted = Self.shift(number, by: Int(exponents[index]) - Int(exponent)) else { return nil }
            plain += 1 + Varint.zigzagByteCount(number)
            size += Varint.zigzagByteCount(shifted)
            scaled.append(shifted)
        }
        return size < plain ? (exponent, scaled) : nil
    }

    /// Nil where the result does not fit into 64 bits.
    private static func shift(_ number: Int64, by power: Int) -> Int64? {
        guard number != 0 else { return 0 }
        guard power < powersOfTen.count else { return nil }
        let (shifted, overflow) = number.multipliedReportingOverflow(by: powersOfTen[power])
        return overflow ? nil : shifted
    }

    /// 10^0 to 10^18.
    private static let powersOfTen = (0..<18).reduce(into: [Int64(1)]) { powers, _ in powers.append((powers.last ?? 1) * 10) }

    private static func append(_ strings: ByteStrings, to body: inout [UInt8]) {
        if let dictionary = ByteStringDictionary(strings), dictionary.byteCount < strings.plainByteCount {
            body.append(ColumnEncoding.dictionary.rawValue)
            dictionary.append(to: &body)
        } else {
            body.append(ColumnEncoding.plain.rawValue)
            strings.appendPlain(to: &body)
        }
    }
}

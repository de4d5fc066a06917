import AlmanacModel

extension ColumnReader {
    mutating func texts(_ count: Int, _ encoding: ColumnEncoding) throws(WireError) -> [Text] {
        try strings(count, encoding, cap: Caps.textValue) { body, length throws(WireError) in
            try body.text(byteCount: length, "text value")
        } byteCount: {
            $0.utf8.count
        }
    }

    mutating func byteValues(_ encoding: ColumnEncoding) throws(WireError) -> [Value] {
        try bytes(encoding, cap: Caps.textValue).map(Value.bytes)
    }

    mutating func unknownValues(_ type: UInt8) throws(WireError) -> [Value] {
        var values: [Value] = reserved(0)
        for bytes in try bytes(.plain, cap: Caps.record) {
            guard let value = UnknownValue(typeCode: type, bytes: bytes) else {
                throw .unknownCode("type of a column", code: UInt64(type))
            }
            values.append(.unknown(value))
        }
        return values
    }

    mutating func textSets() throws(WireError) -> [Value] {
        try require(count)
        var counts: [Int] = reserved(count)
        var total = 0
        for _ in 0..<count {
            counts.append(try body.count("elements of a text set", cap: Caps.textSetElements))
            total += counts.last ?? 0
        }
        try budget.spend(values: total)
        let texts = try texts(total, try elementEncoding())
        var (values, start): ([Value], Int) = (reserved(count), 0)
        for count in counts {
            guard let set = TextSet(ascending: Array(texts[start..<(start + count)])) else {
                throw .notAscending("elements of a text set")
            }
            values.append(.textSet(set))
            start += count
        }
        return values
    }

    private mutating func elementEncoding() throws(WireError) -> ColumnEncoding {
        let code = try body.u8("encoding of the elements of a text set")
        guard let encoding = ColumnEncoding(rawValue: code), encoding == .plain || encoding == .dictionary else {
            throw .unknownCode("encoding of the elements of a text set", code: UInt64(code))
        }
        return encoding
    }

    private mutating func bytes(_ encoding: ColumnEncoding, cap: Int) throws(WireError) -> [[UInt8]] {
        try strings(count, encoding, cap: cap) { body, length throws(WireError) in
            try body.fixed(length, "bytes value")
        } byteCount: {
            $0.count
        }
    }

    private mutating func strings<Element>(
        _ count: Int, _ encoding: ColumnEncoding, cap: Int,
        read: (inout WireReader, Int) throws(WireError) -> Element, byteCount: (Element) -> Int
    ) throws(WireError) -> [Element] {
        guard encoding == .dictionary else { return try plainStrings(count, cap: cap, read) }
        let entryCount = try body.count("entries of a dictionary", cap: Caps.chunkBody)
        try require(entryCount)
        try budget.spend(values: entryCount)
        let entries = try plainStrings(entryCount, cap: cap, read)
        try require(count)
        var elements: [Element] = reserved(count)
        for _ in 0..<count {
            let index = try body.varint("entry of a dictionary")
            guard index < UInt64(entries.count) else { throw .outOfRange("entry of a dictionary") }
            let entry = entries[Int(index)]
            try budget.spend(values: 0, bytes: byteCount(entry))
            elements.append(entry)
        }
        return elements
    }

    /// All lengths, then all bytes.
    private mutating func plainStrings<Element>(
        _ count: Int, cap: Int, _ read: (inout WireReader, Int) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        try require(count)
        var lengths: [Int] = reserved(count)
        var total = 0
        for _ in 0..<count {
            let length = try body.count("length of a value", cap: cap)
            lengths.append(length)
            total += length
        }
        try require(total)
        try budget.spend(values: 0, bytes: total)
        var elements: [Element] = reserved(count)
        for length in lengths { elements.append(try read(&body, length)) }
        return elements
    }
}

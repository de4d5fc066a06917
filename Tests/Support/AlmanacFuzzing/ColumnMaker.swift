import AlmanacWire

/// Puts a column together behind its field, as bytes choose.
struct ColumnMaker {
    var choices: Choices
    let rows: Int

    private static let encodings: [UInt8: [UInt8]] = [
        2: [0, 1], 3: [0, 3], 4: [0, 2], 5: [0, 1], 6: [0, 1], 8: [0, 2], 10: [0, 1],
    ]

    mutating func column() -> [UInt8] {
        var writer = WireWriter()
        let type = choices.rarely() ? choices.byte() : UInt8(1 + choices.index(below: 11))
        writer.u8(type)
        let count = presence(&writer)
        let encodings = Self.encodings[type] ?? [0]
        let encoding = choices.rarely() ? choices.byte() : encodings[choices.index(below: encodings.count)]
        writer.u8(encoding)
        values(of: type, encoding, count, &writer)
        return writer.bytes
    }

    /// Gives how many rows have a value.
    private mutating func presence(_ writer: inout WireWriter) -> Int {
        guard choices.flag() else {
            writer.u8(0)
            return rows
        }
        writer.u8(1)
        var bits = choices.fixed((rows + 7) / 8)
        if rows % 8 != 0, !choices.rarely() { bits[bits.count - 1] &= (1 << UInt8(rows % 8)) - 1 }
        writer.fixed(bits)
        return bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    private mutating func values(of type: UInt8, _ encoding: UInt8, _ count: Int, _ writer: inout WireWriter) {
        switch (type, encoding) {
        case (1, _):
            var bits = choices.fixed((count + 7) / 8)
            if count % 8 != 0 { bits[bits.count - 1] &= (1 << UInt8(count % 8)) - 1 }
            writer.fixed(bits)
        case (3, 0):
            for _ in 0..<count {
                writer.zigzag(Int64(choices.index(below: 32)) - 16)
                writer.zigzag(choices.signed())
            }
        case (3, _):
            writer.zigzag(Int64(choices.index(below: 32)) - 16)
            for _ in 0..<count { writer.zigzag(choices.signed()) }
        case (7, _): writer.fixed(choices.fixed(count * 16))
        case (9, _): sets(count, &writer)
        case (10, 0): for _ in 0..<count { writer.varint(choices.number()) }
        case (2, _), (5, _), (6, _), (10, _): for _ in 0..<count { writer.zigzag(choices.signed()) }
        default: strings(count, isDictionary: encoding == 2, &writer)
        }
    }

    private mutating func sets(_ count: Int, _ writer: inout WireWriter) {
        let sizes = (0..<count).map { _ in choices.rarely() ? choices.index(below: 256) : choices.index(below: 3) }
        for size in sizes { writer.varint(UInt64(size)) }
        let isDictionary = choices.flag()
        writer.u8(choices.rarely() ? choices.byte() : isDictionary ? 2 : 0)
        strings(sizes.reduce(0, +), isDictionary: isDictionary, &writer)
    }

    private mutating func strings(_ count: Int, isDictionary: Bool, _ writer: inout WireWriter) {
        guard isDictionary else { return plain(count, &writer) }
        let entries = 1 + choices.index(below: 6)
        writer.varint(choices.rarely() ? choices.number() : UInt64(entries))
        plain(entries, &writer)
        for _ in 0..<count { writer.varint(choices.rarely() ? choices.number() : UInt64(choices.index(below: entries))) }
    }

    private mutating func plain(_ count: Int, _ writer: inout WireWriter) {
        let contents = (0..<count).map { _ in
            choices.flag() ? choices.bytes(atMost: 12).map { $0 & 0x7f } : choices.bytes(atMost: 64)
        }
        for content in contents { writer.varint(choices.rarely() ? choices.number() : UInt64(content.count)) }
        for content in contents { writer.fixed(content) }
    }
}

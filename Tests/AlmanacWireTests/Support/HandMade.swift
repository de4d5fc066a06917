import AlmanacModel
import AlmanacWire

/// Windows put together byte by byte, good and bad.
enum HandMade {
    static func window(
        stream: String = "reference", base: UInt64 = 10, head: UInt64 = 20, end: (UInt64, UInt64, UInt64) = (20, 65_535, 1 << 62),
        _ chunks: [[UInt8]]
    ) -> [UInt8] {
        var writer = WireWriter()
        writer.string(stream)
        for number in [base, head, end.0, end.1, end.2] { writer.varint(number) }
        writer.list(chunks) { $0.fixed($1) }
        return writer.bytes
    }

    static func chunk(
        kind: UInt8 = 1, collection: UInt64 = 16, rows: UInt64 = 1, size: UInt64? = nil, method: UInt8 = 0, _ body: [UInt8]
    ) -> [UInt8] {
        var writer = WireWriter()
        writer.u8(kind)
        writer.varint(collection)
        writer.varint(rows)
        writer.varint(size ?? UInt64(body.count))
        writer.u8(method)
        writer.bytes(body)
        return writer.bytes
    }

    /// Rows with ids 1, 2, 3, … and the sequence behind the base.
    static func body(rows: Int = 1, _ columns: [[UInt8]] = []) -> [UInt8] {
        var writer = WireWriter()
        for _ in 0..<rows { writer.zigzag(1) }
        for row in 0..<rows { writer.zigzag(row == 0 ? 1 : 0) }
        writer.list(columns) { $0.fixed($1) }
        return writer.bytes
    }

    /// One that every row has a value in, unless there is a bitmap.
    static func column(field: UInt64 = 1, type: UInt8, presence: [UInt8] = [0], encoding: UInt8 = 0, _ values: [UInt8]) -> [UInt8]
    {
        var writer = WireWriter()
        writer.varint(field)
        writer.u8(type)
        writer.fixed(presence)
        writer.u8(encoding)
        writer.fixed(values)
        return writer.bytes
    }

    /// A window of one chunk of whole records with these columns.
    static func window(rows: Int = 1, columns: [[UInt8]]) -> [UInt8] {
        window([chunk(rows: UInt64(rows), body(rows: rows, columns))])
    }

    static func varint(_ number: UInt64) -> [UInt8] {
        var writer = WireWriter()
        writer.varint(number)
        return writer.bytes
    }

    static func zigzags(_ numbers: [Int64]) -> [UInt8] {
        var writer = WireWriter()
        for number in numbers { writer.zigzag(number) }
        return writer.bytes
    }
}

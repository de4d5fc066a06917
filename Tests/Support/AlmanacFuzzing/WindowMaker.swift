import AlmanacModel
import AlmanacWire

/// Puts a window together as bytes choose: sections 12 and 13 of the specification, mostly.
struct WindowMaker {
    var choices: Choices

    private static let base: UInt64 = 10
    private static let head: UInt64 = 1_000

    mutating func window() -> [UInt8] {
        var writer = WireWriter()
        writer.string(choices.rarely() ? "team/apac" : "reference")
        writer.varint(choices.rarely() ? choices.number() : Self.base)
        writer.varint(choices.rarely() ? choices.number() : Self.head)
        writer.varint(choices.rarely() ? choices.number() : Self.head)
        writer.varint(choices.rarely() ? choices.number() : 65_535)
        writer.varint(choices.rarely() ? choices.number() : 1 << 62)
        let chunks = (0...choices.index(below: 4)).map { _ in chunk() }
        writer.varint(lying(chunks.count))
        for chunk in chunks { writer.fixed(chunk) }
        return writer.bytes + (choices.rarely() ? choices.bytes(atMost: 16) : [])
    }

    private mutating func chunk() -> [UInt8] {
        let kind = UInt8(choices.rarely() ? Int(choices.byte()) : 1 + choices.index(below: 3))
        let rows = choices.rarely() ? choices.index(below: 256) * 256 : 1 + choices.index(below: 24)
        var writer = WireWriter()
        writer.u8(kind)
        writer.varint(UInt64(16 + choices.index(below: 3)))
        writer.varint(lying(rows))
        let body = body(rows: rows, isTombstones: kind == 3)
        writer.varint(lying(body.count))
        let isDeflated = choices.flag()
        writer.u8(choices.rarely() ? choices.byte() : isDeflated ? 1 : 0)
        let data = isDeflated ? Self.deflated(body) : body
        writer.varint(lying(data.count))
        writer.fixed(data)
        return writer.bytes
    }

    private mutating func body(rows: Int, isTombstones: Bool) -> [UInt8] {
        var writer = WireWriter()
        let first = Int64(choices.index(below: 256))
        for row in 0..<rows { writer.zigzag(choices.isEmpty ? 1 : row == 0 ? first : choices.rarely() ? choices.signed() : 1) }
        for row in 0..<rows { writer.zigzag(row == 0 ? 1 : choices.rarely() ? choices.signed() : Int64(choices.byte() & 1)) }
        let count = isTombstones && !choices.rarely() ? 0 : choices.index(below: 6)
        writer.varint(lying(count))
        var field: UInt64 = 0
        for _ in 0..<count {
            field += choices.rarely() ? choices.number() >> 1 & 0xffff : 1
            writer.varint(field)
            var maker = ColumnMaker(choices: choices, rows: rows)
            writer.fixed(maker.column())
            choices = maker.choices
        }
        return writer.bytes + (choices.rarely() ? choices.bytes(atMost: 16) : [])
    }

    /// A count that is seldom another one.
    private mutating func lying(_ count: Int) -> UInt64 {
        choices.rarely() ? choices.number() : UInt64(count)
    }

    /// A raw deflate stream of stored blocks (RFC 1951, section 3.2.4).
    private static func deflated(_ body: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var rest = body[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            let (low, high) = (UInt8(block.count & 0xff), UInt8(block.count >> 8))
            output += [rest.isEmpty ? 1 : 0, low, high, ~low, ~high] + block
        } while !rest.isEmpty
        return output
    }
}

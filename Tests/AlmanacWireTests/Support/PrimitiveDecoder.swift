import AlmanacModel
import AlmanacWire

/// The encodings of section 4 as vectors name them.
enum PrimitiveDecoder {
    static func decode(_ type: String, _ bytes: [UInt8]) throws(WireError) -> Decoded {
        var reader = WireReader(bytes)
        var writer = WireWriter()
        let json = try decode(type, from: &reader, again: &writer)
        try reader.finish("primitive")
        return Decoded(json: json, encoded: writer.bytes)
    }

    private static func decode(
        _ type: String, from reader: inout WireReader, again writer: inout WireWriter
    ) throws(WireError) -> JSON {
        switch type {
        case "varint":
            let number = try reader.varint("number")
            writer.varint(number)
            return .number(number)
        case "zigzag":
            let number = try reader.zigzag("number")
            writer.zigzag(number)
            return .number(number)
        case "bytes":
            let bytes = try reader.bytes("bytes")
            writer.bytes(bytes)
            return .string(Hex.encode(bytes))
        case "text":
            let text = try reader.text("text")
            writer.text(text)
            return .string(text.string)
        case "instant":
            let instant = try reader.instant("instant")
            writer.instant(instant)
            return .string(instant.description)
        case "fixed(4)":
            let bytes = try reader.fixed(4, "bytes")
            writer.fixed(bytes)
            return .string(Hex.encode(bytes))
        case "optional varint":
            let number = try reader.optional("number") { reader throws(WireError) in try reader.varint("number") }
            writer.optional(number) { $0.varint($1) }
            return number.map { .number($0) } ?? "absent"
        case "list of varint":
            let numbers = try reader.list("numbers") { reader throws(WireError) in try reader.varint("number") }
            writer.list(numbers) { $0.varint($1) }
            return .array(numbers.map { .number($0) })
        default: throw .unknownCode("type of a vector", code: 0)
        }
    }
}

import AlmanacModel
import AlmanacWire
import NIOCore

/// What a decoder made of bytes.
struct Decoded {
    let json: JSON
    /// The same again; nil where the encoding need not be canonical.
    let encoded: [UInt8]?
}

/// Finds the decoder for the type of a vector.
enum VectorDecoder {
    static func decode(_ type: String, _ bytes: [UInt8]) throws(WireError) -> Decoded {
        let words = type.split(separator: " ")
        switch words.first {
        case "value": return try value(UInt8(words[1]) ?? 0, bytes)
        case "record": return try record(bytes)
        case "frame":
            return try frame(bytes, from: words[1] == "client" ? .client : .server, words[2] == "limited")
        case "message": return try message(bytes)
        case "delegation": return try statement(Delegation.self, bytes) { $0.json }
        case "checkpoint": return try statement(Checkpoint.self, bytes) { $0.json }
        case "operation": return try operation(bytes)
        case "operations": return try statement(OperationSheet.self, bytes) { $0.json }
        case "receipts": return try statement(ReceiptSheet.self, bytes) { $0.json }
        case "window": return try window(bytes)
        default: return try PrimitiveDecoder.decode(type, bytes)
        }
    }

    private static func value(_ code: UInt8, _ bytes: [UInt8]) throws(WireError) -> Decoded {
        let value = try CanonicalValue.decode(typeCode: code, bytes: bytes)
        var encoded: [UInt8] = []
        CanonicalValue.append(value, to: &encoded)
        return Decoded(json: value.json, encoded: encoded)
    }

    private static func record(_ bytes: [UInt8]) throws(WireError) -> Decoded {
        let record = try CanonicalRecord.decode(bytes)
        return Decoded(json: record.json, encoded: CanonicalRecord.encode(record))
    }

    private static func operation(_ bytes: [UInt8]) throws(WireError) -> Decoded {
        let operation = try Operation.decode(bytes)
        return Decoded(json: operation.json, encoded: operation.encoded)
    }

    private static func statement<Content: Statement>(
        _: Content.Type, _ bytes: [UInt8], _ json: (Content) -> JSON
    ) throws(WireError) -> Decoded {
        let statement = try Content.decode(bytes)
        return Decoded(json: json(statement), encoded: statement.encoded)
    }

    private static func frame(_ bytes: [UInt8], from side: Side, _ isLimited: Bool) throws(WireError) -> Decoded {
        var decoder = FrameDecoder(from: side, state: isLimited ? .beforeHello : .authenticated)
        decoder.push(ByteBuffer(bytes: bytes))
        guard let received = try decoder.next() else { throw .truncated("frame") }
        guard !decoder.isWithinFrame else { throw .trailingBytes("frame", count: decoder.bufferedByteCount) }
        guard case .frame(let frame) = received else { return Decoded(json: received.json, encoded: nil) }
        return Decoded(json: received.json, encoded: frame.bytes)
    }

    /// A whole frame, of whichever side sends such messages.
    private static func message(_ bytes: [UInt8]) throws(WireError) -> Decoded {
        let type = bytes.count > 4 ? MessageType(rawValue: bytes[4]) : nil
        var decoder = FrameDecoder(from: type?.isSent(by: .client) == true ? .client : .server, state: .authenticated)
        decoder.push(ByteBuffer(bytes: bytes))
        guard let received = try decoder.next() else { throw .truncated("frame") }
        guard !decoder.isWithinFrame else { throw .trailingBytes("frame", count: decoder.bufferedByteCount) }
        guard case .frame(let frame) = received else { throw .unknownCode("type of a message", code: 0) }
        let message = try Message.decode(frame)
        if case .window(let window) = message { _ = try window.decode() }
        return Decoded(json: message.json, encoded: message.encode(exchange: frame.exchange).bytes)
    }

    private static func window(_ bytes: [UInt8]) throws(WireError) -> Decoded {
        Decoded(json: try Window.decode(payload: ByteBuffer(bytes: bytes)).json, encoded: nil)
    }
}

extension Frame {
    var bytes: [UInt8] {
        var buffer = ByteBuffer()
        write(into: &buffer)
        return Array(buffer.readableBytesView)
    }
}

import AlmanacModel
import AlmanacWire
import NIOCore

extension Value {
    var json: JSON {
        switch self {
        case .boolean(let value): ["boolean": .bool(value)]
        case .integer(let value): ["integer": .number(value)]
        case .decimal(let value): ["decimal": .string(value.description)]
        case .text(let value): ["text": .string(value.string)]
        case .date(let value): ["date": .string(value.description)]
        case .instant(let value): ["instant": .string(value.description)]
        case .uuid(let value): ["uuid": .string(value.description)]
        case .bytes(let value): ["bytes": .string(Hex.encode(value))]
        case .textSet(let value): ["text_set": .array(value.elements.map { .string($0.string) })]
        case .reference(let value): ["reference": .number(value.rawValue)]
        case .unknown(let value): ["type": .number(value.typeCode), "unknown": .string(Hex.encode(value.bytes))]
        }
    }
}

extension Record {
    var json: JSON {
        [
            "collection": .number(collection.rawValue), "record_id": .number(id.rawValue),
            "sequence": .number(sequence.rawValue),
            "values": .object(Dictionary(uniqueKeysWithValues: values.map { ("\($0.field)", $0.value.json) })),
        ]
    }
}

extension RecordChange {
    var json: JSON {
        switch self {
        case .whole(let record): return ["whole": record.json]
        case .patch(let patch):
            return [
                "patch": [
                    "collection": .number(collection.rawValue), "record_id": .number(id.rawValue),
                    "sequence": .number(sequence.rawValue),
                    "values": .object(
                        Dictionary(uniqueKeysWithValues: patch.fields.map { ("\($0.field)", $0.value?.json ?? .null) })),
                ]
            ]
        case .tombstone:
            return [
                "tombstone": [
                    "collection": .number(collection.rawValue), "record_id": .number(id.rawValue),
                    "sequence": .number(sequence.rawValue),
                ]
            ]
        }
    }
}

extension Position {
    var json: JSON {
        ["sequence": .number(sequence.rawValue), "collection": .number(collection), "record_id": .number(record)]
    }
}

extension WindowHeader {
    var fields: [String: JSON] {
        [
            "stream": .string(stream.rawValue), "base": .number(base.rawValue), "head": .number(head.rawValue),
            "end": end.json,
        ]
    }
}

extension Window {
    var json: JSON {
        .object(header.fields.merging(["changes": .array(changes.map(\.json))]) { first, _ in first })
    }
}

extension ReceivedFrame {
    var json: JSON {
        switch self {
        case .frame(let frame):
            [
                "type": .number(frame.type), "last": .bool(frame.isLast), "exchange": .number(frame.exchange.rawValue),
                "payload": .string(Hex.encode(frame.payload.readableBytesView)),
            ]
        case .unknown(let type, let isLast, let exchange, let byteCount):
            [
                "unknown_type": .number(type), "last": .bool(isLast), "exchange": .number(exchange.rawValue),
                "dropped_bytes": .number(byteCount),
            ]
        }
    }
}

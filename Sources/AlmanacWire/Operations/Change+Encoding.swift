import AlmanacModel

extension Change {
    private enum Kind: UInt8 {
        case make = 1
        case edit = 2
        case delete = 3
        case move = 4
        case see = 5
    }

    func write(to writer: inout WireWriter) {
        switch self {
        case .make(let collection, let stream, let values):
            writer.u8(Kind.make.rawValue)
            writer.varint(UInt64(collection.rawValue))
            writer.optional(stream) { $0.string($1.rawValue) }
            writer.list(values) { $1.write(to: &$0) }
        case .edit(let name, let edits):
            writer.u8(Kind.edit.rawValue)
            name.write(to: &writer)
            writer.list(edits) { $1.write(to: &$0) }
        case .delete(let name, let seen):
            writer.u8(Kind.delete.rawValue)
            name.write(to: &writer)
            writer.list(seen) { $1.write(to: &$0) }
        case .move(let name, let from, let to):
            writer.u8(Kind.move.rawValue)
            name.write(to: &writer)
            writer.string(from.rawValue)
            writer.string(to.rawValue)
        case .see(let name, let stream):
            writer.u8(Kind.see.rawValue)
            name.write(to: &writer)
            writer.string(stream.rawValue)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let code = try reader.u8("kind of a change")
        switch Kind(rawValue: code) {
        case .make: self = try Self.make(&reader)
        case .edit:
            let name = try RecordName(from: &reader)
            self = .edit(name, try Self.edits(&reader))
        case .delete:
            let name = try RecordName(from: &reader)
            self = .delete(name, seen: try Self.fields(&reader))
        case .move:
            let name = try RecordName(from: &reader)
            let (from, to) = (try reader.streamName("stream of a move"), try reader.streamName("stream of a move"))
            guard from != to else { throw .inconsistent("streams of a move") }
            self = .move(name, from: from, to: to)
        case .see:
            let name = try RecordName(from: &reader)
            self = .see(name, in: try reader.streamName("stream of a record"))
        case nil: throw .unknownCode("kind of a change", code: UInt64(code))
        }
    }

    private static func make(_ reader: inout WireReader) throws(WireError) -> Change {
        let collection = try reader.collectionID("collection of a new record")
        let stream = try reader.optional("stream of a new record") { reader throws(WireError) in
            try reader.streamName("stream of a new record")
        }
        let values = try fields(&reader)
        guard values.allSatisfy({ $0.value != nil }) else { throw .nonCanonical("null of a new record") }
        return .make(collection, in: stream, values: values)
    }

    private static func fields(_ reader: inout WireReader) throws(WireError) -> [ProposedField] {
        let fields = try reader.list("fields of a change", cap: Int(FieldID.maximum)) { reader throws(WireError) in
            try ProposedField(from: &reader)
        }
        try requireAscending(fields.map(\.field))
        return fields
    }

    private static func edits(_ reader: inout WireReader) throws(WireError) -> [FieldEdit] {
        let edits = try reader.list("fields of a change", cap: Int(FieldID.maximum)) { reader throws(WireError) in
            try FieldEdit(from: &reader)
        }
        guard !edits.isEmpty else { throw .outOfRange("fields of a change") }
        try requireAscending(edits.map(\.field))
        return edits
    }

    private static func requireAscending(_ fields: [FieldID]) throws(WireError) {
        for (field, next) in zip(fields, fields.dropFirst()) where field >= next { throw .notAscending("fields of a change") }
    }
}

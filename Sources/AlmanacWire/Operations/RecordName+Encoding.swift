import AlmanacModel

extension RecordName {
    private enum Kind: UInt8 {
        case id = 1
        case made = 2
    }

    func write(to writer: inout WireWriter) {
        switch self {
        case .id(let collection, let record):
            writer.u8(Kind.id.rawValue)
            writer.varint(UInt64(collection.rawValue))
            writer.varint(UInt64(record.rawValue))
        case .made(let collection, let operation, let index):
            writer.u8(Kind.made.rawValue)
            writer.varint(UInt64(collection.rawValue))
            writer.made(by: operation, index)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let code = try reader.u8("kind of a record's name")
        guard let kind = Kind(rawValue: code) else { throw .unknownCode("kind of a record's name", code: UInt64(code)) }
        let collection = try reader.collectionID("collection of a record")
        switch kind {
        case .id: self = .id(collection, try reader.recordID("record id"))
        case .made:
            let (operation, index) = try reader.made()
            self = .made(collection, by: operation, index: index)
        }
    }
}

extension ProposedValue {
    private enum Kind: UInt8 {
        case value = 1
        case made = 2
    }

    func write(to writer: inout WireWriter) {
        switch self {
        case .value(let value):
            writer.u8(Kind.value.rawValue)
            writer.u8(value.typeCode)
            var bytes: [UInt8] = []
            CanonicalValue.append(value, to: &bytes)
            writer.bytes(bytes)
        case .made(let operation, let index):
            writer.u8(Kind.made.rawValue)
            writer.made(by: operation, index)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let code = try reader.u8("kind of a value")
        switch Kind(rawValue: code) {
        case .value:
            let type = try reader.u8("type of a value")
            var content = try reader.slicedBytes("value", cap: Caps.record)
            self = .value(try CanonicalValue.read(type, from: &content))
            try content.finish("value")
        case .made:
            let (operation, index) = try reader.made()
            self = .made(by: operation, index: index)
        case nil: throw .unknownCode("kind of a value", code: UInt64(code))
        }
    }
}

extension WireWriter {
    fileprivate mutating func made(by operation: UniqueID, _ index: Int) {
        fixed(operation)
        count(index)
    }
}

extension WireReader {
    fileprivate mutating func made() throws(WireError) -> (UniqueID, Int) {
        (try uniqueID("id of an operation"), try count("index of a change", cap: Operation.maximumChanges - 1))
    }
}

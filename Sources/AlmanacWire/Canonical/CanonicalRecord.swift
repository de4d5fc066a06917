import AlmanacModel

/// The canonical bytes of a record, which its digest is made of: section 5 of the specification.
public enum CanonicalRecord {
    /// How many bytes ``append(_:to:)`` appends.
    public static func byteCount(of record: Record) -> Int {
        var count = Varint.byteCount(UInt64(record.collection.rawValue)) + Varint.byteCount(UInt64(record.id.rawValue))
        count += Varint.byteCount(record.sequence.rawValue) + Varint.byteCount(record.values.count)
        for value in record.values { count += byteCount(of: value) }
        return count
    }

    static func byteCount(of value: FieldValue) -> Int {
        let length = CanonicalValue.byteCount(of: value.value)
        return Varint.byteCount(UInt64(value.field.rawValue)) + 1 + Varint.byteCount(length) + length
    }

    public static func encode(_ record: Record) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount(of: record))
        append(record, to: &bytes)
        return bytes
    }

    /// Appends; callers that hash many records keep one array.
    public static func append(_ record: Record, to bytes: inout [UInt8]) {
        bytes.appendVarint(UInt64(record.collection.rawValue))
        bytes.appendVarint(UInt64(record.id.rawValue))
        bytes.appendVarint(record.sequence.rawValue)
        bytes.appendVarint(record.values.count)
        for value in record.values {
            bytes.appendVarint(UInt64(value.field.rawValue))
            bytes.append(value.value.typeCode)
            bytes.appendVarint(CanonicalValue.byteCount(of: value.value))
            CanonicalValue.append(value.value, to: &bytes)
        }
    }

    /// At most 131,072 bytes, all of them.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Record {
        guard bytes.count <= Caps.record else { throw .tooLarge("record", cap: Caps.record) }
        var reader = WireReader(bytes)
        let (collection, id) = (try reader.collectionID("collection"), try reader.recordID("record id"))
        let sequence = try reader.sequence("sequence of a record")
        let values = try reader.list("values of a record", cap: Int(FieldID.maximum)) { reader throws(WireError) in
            try value(&reader)
        }
        try reader.finish("record")
        guard let record = Record(collection: collection, id: id, sequence: sequence, values: values) else {
            throw .notAscending("fields of a record")
        }
        return record
    }

    private static func value(_ reader: inout WireReader) throws(WireError) -> FieldValue {
        let (field, type) = (try reader.fieldID("field id"), try reader.u8("type of a value"))
        var content = try reader.slicedBytes("value", cap: Caps.record)
        let value = try CanonicalValue.read(type, from: &content)
        try content.finish("value")
        return FieldValue(field, value)
    }
}

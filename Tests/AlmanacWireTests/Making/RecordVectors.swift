import AlmanacModel
import AlmanacWire
import Testing

enum RecordVectors {
    static func file() throws -> VectorFile {
        let good = try records().map { Vector.good($0, "record", CanonicalRecord.encode($1), $1.json) }
        return VectorFile(about: "Section 5: canonical bytes of records", good: good, refused: refused)
    }

    private static func records() throws -> [(String, Record)] {
        var everyType: [FieldValue] = []
        for (index, (_, value)) in try ValueVectors.values().enumerated() {
            everyType.append(FieldValue(try #require(FieldID(UInt64(index) * 33 + 1)), value))
        }
        return [
            ("all null", try record(16, 1, 1, [])),
            ("greatest numbers", try record(65_535, .max, UInt64(Int64.max), [])),
            ("sequence 0", try record(16, 1, 0, [])),
            ("a name and a rank", try record(17, 42, 300, [value(1, .text("Tokyo–Yokohama")), value(2, .integer(1))])),
            ("field 1024", try record(16, 7, 9, [value(1_024, .boolean(true))])),
            ("every type", try record(16, 5, 6, everyType)),
        ]
    }

    private static func value(_ field: UInt64, _ value: Value) throws -> FieldValue {
        FieldValue(try #require(FieldID(field)), value)
    }

    private static func record(
        _ collection: UInt64, _ record: Int64, _ sequence: UInt64, _ values: [FieldValue]
    ) throws -> Record {
        let (collection, id) = (try #require(CollectionID(collection)), try #require(RecordID(record)))
        return try #require(Record(collection: collection, id: id, sequence: Sequence(sequence), values: values))
    }

    private static let refused: [Vector] = [
        .refused("collection 0", "record", hex: "00010100", "out_of_range", "Collections are from 1 to 65535."),
        .refused(
            "collection 65536", "record", hex: "80800401 0100".filter { $0 != " " }, "out_of_range",
            "Collections are from 1 to 65535."),
        .refused("record 0", "record", hex: "10000100", "out_of_range", "Record ids are from 1 to 2^63-1."),
        .refused("record 2^63", "record", hex: "10808080808080808080010100", "out_of_range", "Record ids are from 1 to 2^63-1."),
        .refused("field 0", "record", hex: "1001010100010101", "out_of_range", "Fields are from 1 to 1024."),
        .refused("field 1025", "record", hex: "100101018108010101", "out_of_range", "Fields are from 1 to 1024."),
        .refused(
            "fields in descending order", "record", hex: "1001010202010101 01010101".filter { $0 != " " }, "not_ascending",
            "Field ids are strictly ascending."),
        .refused(
            "a field twice", "record", hex: "100101020101010101010101", "not_ascending", "Field ids are strictly ascending."),
        .refused("more than 1024 values", "record", hex: "1001018108", "too_large", "A record has at most 1,024 fields."),
        .refused(
            "value longer than its type", "record", hex: "100101010101020101", "trailing_bytes", "A value takes all of its bytes."
        ),
        .refused("value of type 0", "record", hex: "1001010101000101", "unknown_code", "Types begin with 1."),
        .refused("bytes behind the record", "record", hex: "1001010000", "trailing_bytes", "Nothing remains."),
        .refused(
            "value longer than the record", "record", hex: "10010101010405", "truncated",
            "So many bytes follow as the length says."),
    ]
}

import AlmanacModel
import AlmanacWire

/// The canonical bytes of a record.
enum RecordFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let record = try? CanonicalRecord.decode(bytes) else { return }
        try Finding.unless(CanonicalRecord.encode(record) == bytes, "a record has a second encoding")
        try check(record)
    }

    static func check(_ record: Record) throws {
        let bytes = CanonicalRecord.encode(record)
        try Finding.unless(bytes.count == CanonicalRecord.byteCount(of: record), "record \(record.id) is not as long as it says")
        try Finding.unless(bytes.count <= Caps.record, "record \(record.id) is above the cap")
        try Finding.unless((try? CanonicalRecord.decode(bytes)) == record, "record \(record.id) changes when it is encoded")
    }
}

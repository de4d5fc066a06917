import AlmanacModel
import AlmanacReplica

/// What stands in a cell of a file of records and is no plain value; the first byte says what the rest is read as.
enum CellFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let kind = bytes.first else { return }
        let content = Array(bytes.dropFirst())
        switch kind % 3 {
        case 0: try sequences(content)
        case 1: try textSet(content)
        default:
            guard let list = try? CertificateList.decode(content) else { return }
            try Finding.unless(CertificateList.encode(list) == content, "a list of certificates has a second encoding")
        }
    }

    private static func sequences(_ bytes: [UInt8]) throws {
        guard let sequences = FieldSequences(bytes: bytes) else { return }
        try Finding.unless(sequences.bytes == bytes, "the sequences of fields have a second encoding")
        let fields = sequences.entries.map(\.field)
        try Finding.unless(fields == Set(fields).sorted(), "the fields \(fields) are not in order")
    }

    private static func textSet(_ bytes: [UInt8]) throws {
        let json = String(decoding: bytes, as: UTF8.self)
        guard let set = JSONTextArray.decode(json) else { return }
        let again = JSONTextArray.encode(set)
        try Finding.unless(again.utf8.elementsEqual(json.utf8), "a set of texts has a second encoding: \(json), \(again)")
    }
}

import AlmanacModel
import AlmanacPackage

/// A CSV file of a collection with fields of every type; the first byte says whether formulas are neutralised.
enum TableFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let collection = SampleSchema.collection else { throw Finding("the sample collection is not valid") }
        let folder = try FuzzFolder()
        let file = try folder.write(bytes.dropFirst(), to: "table.csv")
        let source = CSVImport(file: file, collection: collection, isNeutralised: bytes.first.map { $0 & 1 == 1 } ?? false)
        guard var reader = try? source.rows() else { return }
        while let row = try? reader.next() {
            try Finding.unless(row.key?.utf8.isEmpty == false, "a row without a key")
            try Finding.unless(row.stream == collection.stream, "a row of another stream")
        }
        try Finding.unless(reader.report.isEmpty == reader.report.description.isEmpty, "problems without words")
    }
}

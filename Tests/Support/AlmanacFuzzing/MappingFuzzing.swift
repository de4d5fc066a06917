import AlmanacModel
import AlmanacPackage

/// A mapping document beside a part that it may include, and a foreign table that it may fit.
enum MappingFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        let folder = try FuzzFolder()
        let document = try folder.write(bytes, to: "mapping.json")
        _ = try folder.write(part.utf8, to: "part.json")
        let table = try folder.write(self.table.utf8, to: "table.csv")
        guard let mapping = try? Mapping.read(at: document) else { return }
        var names = NameTable()
        for (name, key) in [("alpha", "a"), ("beta", "b"), ("Beta", "b2"), ("gamma", "g"), ("gamma", "g2")] {
            names.add(Text(name), meaning: Text(key))
        }
        guard let figures = SampleSchema.collection else { throw Finding("the sample collection is not valid") }
        if let rows = try? mapping.rows(of: table, in: figures, names: names) { _ = try rows.rowsOrProblems() }
        for records in mapping.records {
            if let rows = try? mapping.rows(of: records, in: figures) { _ = try rows.rowsOrProblems() }
        }
    }

    private static let table = "name,y2001,y2002,y2003\nalpha,1,2,3\nbeta,1.5,,na\ndelta,1,2,3\nalpha,x,2,3\n"

    private static let part = """
        {"almanac": "mapping-part/1", "title": "A part", "names": {"delta": "d"},
         "records": {"figures": [{"key": "d", "note": "from the part"}]}}
        """
}

import AlmanacModel

/// Where the records of a table come from.
enum RowSource {
    case file(CSVReader<FileSource>)
    case mapped(MappedReader)
    case rows(ArraySlice<[Text]>)

    /// Reads the next record into the given one; false at the end.
    mutating func next(into record: inout CSVRecord) throws(PackageError) -> Bool {
        switch self {
        case .file(var reader):
            // Moved out and in again, so that its buffer is not copied.
            self = .rows([])
            defer { self = .file(reader) }
            return try reader.next(into: &record)
        case .mapped(var reader):
            self = .rows([])
            defer { self = .mapped(reader) }
            return try reader.next(into: &record)
        case .rows(var rows):
            guard let row = rows.popFirst() else { return false }
            self = .rows(rows)
            // Line 0: it stands in no file of lines.
            record.reset(line: 0)
            for text in row {
                record.bytes += text.utf8
                record.endField()
            }
            return true
        }
    }

    /// The row of the foreign table from which the last record came.
    var foreignRow: Int? { if case .mapped(let reader) = self { reader.row } else { nil } }

    /// What was wrong with the rows of the foreign table, each problem once.
    mutating func takeProblems() -> [ImportProblem] {
        guard case .mapped(var reader) = self, !reader.problems.isEmpty else { return [] }
        let problems = reader.problems
        reader.problems = []
        self = .mapped(reader)
        return problems
    }
}

import AlmanacModel

/// Finds the columns of a table in the file's header.
struct TableHeader {
    private let source: CSVImport
    private(set) var columns: [ColumnReader] = []
    private(set) var problems: [ImportProblem] = []

    /// The columns as the schema lists them.
    init(headless source: CSVImport) throws(PackageError) {
        self.source = source
        for (index, column) in source.columns.enumerated() { try add(column, at: index) }
        sort()
    }

    init(_ record: CSVRecord, of source: CSVImport) throws(PackageError) {
        self.source = source
        if let problem = record.problem {
            note(problem.rule, line: problem.line)
            return
        }
        var seen: Set<Text> = []
        for (index, name) in record.texts.enumerated() {
            try add(name, at: index, isRepeated: !seen.insert(Text(name)).inserted, line: record.line)
        }
        for column in source.columns where column.isNeeded && !seen.contains(Text(column.field.name.rawValue)) {
            note(.missingColumn, line: record.line, column: column.field.name.rawValue)
        }
        sort()
    }

    private mutating func add(_ name: String, at index: Int, isRepeated: Bool, line: Int) throws(PackageError) {
        if isRepeated {
            note(.repeatedColumn, line: line, column: name)
        } else if let column = source.columns.first(where: { $0.field.name.rawValue.utf8.elementsEqual(name.utf8) }) {
            try add(column, at: index)
        } else {
            note(.unknownColumn, line: line, column: name)
        }
    }

    private mutating func add(_ column: TableColumn, at index: Int) throws(PackageError) {
        do { columns.append(try ColumnReader(column, index: index)) } catch {
            throw .refused(file: source.file, at: JSONPath.root.appending(column.field.name.rawValue), error)
        }
    }

    private mutating func sort() { columns.sort { $0.column.field.id < $1.column.field.id } }

    private mutating func note(_ rule: ImportRule, line: Int, column: String? = nil) {
        problems.append(ImportProblem(file: source.file, row: nil, line: line, column: column, value: nil, rule: rule))
    }
}

import AlmanacModel

/// Reads a table row by row; rows in which something is wrong are reported and skipped.
///
/// Whoever imports reads to the end first, or takes back what was written, when ``report`` is not empty: one bad row imports
/// nothing.
public struct RowReader {
    /// What was wrong up to here.
    public private(set) var report: ProblemReport

    private let source: CSVImport
    private var rows: RowSource
    private var record = CSVRecord()
    private var columns: [ColumnReader] = []
    private var number = 0
    private var isDone = false

    init(_ source: CSVImport, limit: Int) throws(PackageError) {
        self.source = source
        report = ProblemReport(limit: limit)
        rows = try Self.open(source)
        try readHeader()
    }

    private static func open(_ source: CSVImport) throws(PackageError) -> RowSource {
        switch source.content {
        case .file(let path, let dialect):
            .file(
                CSVReader(
                    try FileSource(path: path, name: source.file), dialect: dialect,
                    columnCount: dialect.hasHeader ? nil : source.columns.count))
        case .mapped(let table): .mapped(try MappedReader(table))
        case .rows(let rows): .rows(rows[...])
        }
    }

    /// The next row that is as it should be; nil at the end of the file, or at once when the header is wrong.
    public mutating func next() throws(PackageError) -> PackageRow? {
        while !isDone {
            let isAnother = try rows.next(into: &record)
            for problem in rows.takeProblems() { report.add(problem) }
            guard isAnother else {
                isDone = true
                break
            }
            number = rows.foreignRow ?? number + 1
            report.countRow()
            if let row = row() { return row }
        }
        return nil
    }

    private mutating func readHeader() throws(PackageError) {
        guard case .file(_, let dialect) = source.content, dialect.hasHeader else {
            columns = try TableHeader(headless: source).columns
            return
        }
        guard try rows.next(into: &record) else {
            report.add(ImportProblem(file: source.file, row: nil, line: nil, column: nil, value: nil, rule: .emptyFile))
            isDone = true
            return
        }
        let header = try TableHeader(record, of: source)
        columns = header.columns
        for problem in header.problems { report.add(problem) }
        isDone = !header.problems.isEmpty
    }
}

extension RowReader {
    private mutating func row() -> PackageRow? {
        if let problem = record.problem {
            note(problem)
            return nil
        }
        let problemsBefore = report.total
        var values: [ImportedField] = []
        values.reserveCapacity(columns.count)
        for index in columns.indices {
            let cell = record.field(columns[index].index)
            do throws(ImportRule) {
                let value = try columns[index].read(cell, row: number)
                values.append(ImportedField(columns[index].column.field.id, value))
            } catch { note(error, columns[index].column, cell) }
        }
        guard let stream = stream(values), report.total == problemsBefore else { return nil }
        return PackageRow(number: number, line: record.line, key: key(values), stream: stream, values: values)
    }

    private func key(_ values: [ImportedField]) -> Text? {
        guard case .value(.text(let key))? = values.first(where: { $0.field == source.collection.key })?.value else { return nil }
        return key
    }

    private mutating func stream(_ values: [ImportedField]) -> StreamName? {
        let base = source.collection.stream
        guard let partition = source.collection.partition else { return base }
        guard case .value(let value)? = values.first(where: { $0.field == partition })?.value else { return nil }
        if let stream = base.partition(value.description) { return stream }
        if let column = columns.first(where: { $0.column.field.id == partition }) {
            note(.noStream(above: base), column.column, record.field(column.index))
        }
        return nil
    }

    private mutating func note(_ rule: ImportRule, _ column: TableColumn, _ cell: ArraySlice<UInt8>) {
        let value = rule == .required && cell.isEmpty ? nil : VisibleText.shortened(cell)
        report.add(
            ImportProblem(
                file: source.file, row: number, line: record.line, column: column.field.name.rawValue, shown: value, rule: rule))
    }

    private mutating func note(_ problem: CSVProblem) {
        let concernsLine: Bool =
            switch problem.rule {
            case .columnCount, .tooManyColumns: true
            default: false
            }
        let column = columns.first { $0.index == problem.column }?.column.field.name.rawValue
        report.add(
            ImportProblem(
                file: source.file, row: number, line: problem.line, column: concernsLine ? nil : column,
                shown: concernsLine ? nil : VisibleText.shortened(record.field(problem.column)), rule: problem.rule))
    }
}

import AlmanacModel

/// Reads a table of a foreign shape and gives the rows that its mapping makes of it, one by one.
struct MappedReader {
    /// What was wrong since the problems were last taken.
    var problems: [ImportProblem] = []
    /// The row of the table from which the last record came, from 1.
    private(set) var row = 0

    private let table: MappedTable
    private let columns: MappedColumns
    private var reader: CSVReader<FileSource>
    private var source = CSVRecord()
    private var subjects: MappedSubjects
    private var group: MappedGroup?
    /// What is still to come of the current row.
    private var figures: ArraySlice<MappedColumns.Figure> = []
    private var subject: Text?
    private var isDone: Bool

    init(_ table: MappedTable) throws(PackageError) {
        self.table = table
        subjects = MappedSubjects(table)
        reader = CSVReader(try FileSource(path: table.path, name: table.path))
        let hasHeader = try reader.next(into: &source)
        columns = MappedColumns(hasHeader ? source : nil, table)
        problems = columns.problems
        isDone = !problems.isEmpty
    }

    /// The next row of the collection; false at the end.
    mutating func next(into record: inout CSVRecord) throws(PackageError) -> Bool {
        while !isDone {
            while let figure = figures.popFirst() {
                guard let cell = cell(figure) else { continue }
                fill(&record, figure.year, cell)
                return true
            }
            guard try reader.next(into: &source) else {
                isDone = true
                endGroup()
                break
            }
            row += 1
            begin()
        }
        return false
    }

    /// Looks at a new row of the table.
    private mutating func begin() {
        if let problem = source.problem { return note(problem.rule, nil, line: problem.line) }
        var figures = columns.figures
        if case .order(let name, let skipped, let years)? = table.mapping.years {
            let index = advanceGroup(text(name) ?? "")
            guard index >= skipped, index - skipped < years.count else { return }
            figures = figures.map { .init(year: years.lowerBound + index - skipped, column: $0.column) }
        }
        if let wanted = table.mapping.subject {
            guard let found = find(text(wanted.column) ?? "", wanted.column) else { return }
            subject = found
        }
        self.figures = figures[...]
    }

    private mutating func find(_ text: String, _ column: String) -> Text? {
        switch subjects.find(text) {
        case .found(let key): return key
        case .ignored: return nil
        case .problem(let rule, let isNew):
            if isNew { note(rule, text, column: column, line: source.line) }
            return nil
        }
    }

    // MARK: Groups

    /// The row's place in its group, from 0.
    private mutating func advanceGroup(_ name: String) -> Int {
        if group?.name != name {
            endGroup()
            group = MappedGroup(name: name, row: row, line: source.line)
        }
        group?.count += 1
        return (group?.count ?? 1) - 1
    }

    private mutating func endGroup() {
        guard let group, case .order(let column, let skipped, let years)? = table.mapping.years else { return }
        let expected = skipped + years.count
        guard group.count != expected else { return }
        problems.append(
            ImportProblem(
                file: table.path, row: group.row, line: group.line, column: column, value: group.name,
                rule: .groupSize(expected: expected, found: group.count)))
    }

    // MARK: Cells

    private func text(_ column: String) -> String? {
        columns.index(of: column).map { String(decoding: source.field($0), as: UTF8.self) }
    }

    /// The figure's text; nil where there is none.
    private func cell(_ figure: MappedColumns.Figure) -> String? {
        guard let column = figure.column else { return "" }
        let text = String(decoding: source.field(column), as: UTF8.self)
        return table.mapping.missing.contains(Text(text)) ? nil : text
    }

    private func fill(_ record: inout CSVRecord, _ year: Int?, _ cell: String) {
        record.reset(line: source.line)
        for template in table.templates {
            record.bytes += (value(of: template, year, cell) ?? "").utf8
            record.endField()
        }
    }

    /// Nil where a column that is taken over has no value.
    private func value(of template: MappingTemplate, _ year: Int?, _ cell: String) -> String? {
        var result = ""
        for piece in template.pieces {
            switch piece {
            case .text(let text): result += text
            case .year: result += year.map { String($0) } ?? ""
            case .value: result += cell
            case .subject: result += subject?.string ?? ""
            case .column(let name):
                guard let text = text(name), !table.mapping.missing.contains(Text(text)) else { return nil }
                result += text
            }
        }
        return result
    }

    private mutating func note(_ rule: ImportRule, _ value: String?, column: String? = nil, line: Int) {
        problems.append(ImportProblem(file: table.path, row: row, line: line, column: column, value: value, rule: rule))
    }
}

/// Rows of one name that stand together.
struct MappedGroup {
    let name: String
    let row: Int
    let line: Int
    var count = 0
}

import AlmanacModel

/// The columns of a table, by its header. Each has to be used, or named as unused: a table that has changed its shape is not read.
struct MappedColumns {
    /// Where a figure of a row stands.
    struct Figure {
        let year: Int?
        /// Nil where the mapping takes no figure: a row is a row.
        let column: Int?
    }

    /// Of every row.
    private(set) var figures: [Figure] = []
    private(set) var problems: [ImportProblem] = []
    private var indices: [String: Int] = [:]

    /// - Parameter header: nil when the file is empty.
    init(_ header: CSVRecord?, _ table: MappedTable) {
        guard let header, header.problem == nil else {
            note(header?.problem?.rule ?? .emptyFile, header?.problem?.line, nil, table)
            return
        }
        for (index, name) in header.texts.enumerated() {
            if indices.updateValue(index, forKey: name) != nil { note(.repeatedColumn, header.line, name, table) }
        }
        let mapping = table.mapping
        let years = mapping.yearColumns
        let used = years.map(\.name) + mapping.usedColumns
        for name in used where indices[name] == nil { note(.missingColumn, header.line, name, table) }
        let expected = Set(used).union(mapping.unused)
        for name in header.texts where !expected.contains(name) { note(.unmappedColumn, header.line, name, table) }
        figures =
            years.isEmpty
            ? [Figure(year: nil, column: mapping.value.flatMap { indices[$0] })]
            : years.map { Figure(year: $0.year, column: indices[$0.name]) }
    }

    func index(of column: String) -> Int? { indices[column] }

    private mutating func note(_ rule: ImportRule, _ line: Int?, _ column: String?, _ table: MappedTable) {
        problems.append(ImportProblem(file: table.path, row: nil, line: line, column: column, value: nil, rule: rule))
    }
}

extension Mapping {
    /// The columns of years, if the table has such.
    fileprivate var yearColumns: [(year: Int, name: String)] {
        guard case .columns(let pattern, let years)? = years else { return [] }
        return years.map { ($0, pattern.replacing("{year}", with: String($0))) }
    }

    /// The other columns of which something is taken, each once.
    fileprivate var usedColumns: [String] {
        var used = fields.values.flatMap(\.columns)
        if let subject { used.append(subject.column) }
        if let value { used.append(value) }
        if case .order(let group, _, _)? = years { used.append(group) }
        return Set(used).sorted()
    }
}

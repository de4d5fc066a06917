import AlmanacModel

/// A field of a collection, with how a file writes it.
struct TableColumn: Sendable {
    let field: Field
    let syntax: ValueSyntax
    let missingValues: [Text]
    /// Whether texts that look like formulas have an apostrophe before them.
    var isNeutralised = false
    /// Whether a file without this column is refused.
    let isNeeded: Bool
}

/// A column of an open file: what turns cells into values, and remembers those that have to be unique.
struct ColumnReader {
    let column: TableColumn
    /// Its place in the file, from 0.
    let index: Int
    private let missing: [[UInt8]]
    private let rule: ValueRule
    private var firstRows: [ImportValue: Int] = [:]

    init(_ column: TableColumn, index: Int) throws(DescriptorRule) {
        self.column = column
        self.index = index
        missing = column.missingValues.map { Array($0.utf8) }
        rule = try ValueRule(column.field.constraints)
    }

    mutating func read(_ cell: ArraySlice<UInt8>, row: Int) throws(ImportRule) -> ImportValue {
        if missing.contains(where: { $0.elementsEqual(cell) }) { return try absent() }
        let text = String(decoding: cell, as: UTF8.self)
        let value = try column.syntax.value(of: column.isNeutralised && column.syntax.isText ? Formula.unguarded(text) : text)
        if value == .key("") { return try absent() }
        if case .value(let value) = value { try rule.check(value) }
        try checkUnique(value, row: row)
        return value
    }

    private func absent() throws(ImportRule) -> ImportValue {
        if column.field.constraints.isRequired { throw .required }
        return .absent
    }

    private mutating func checkUnique(_ value: ImportValue, row: Int) throws(ImportRule) {
        guard column.field.constraints.isUnique else { return }
        if let first = firstRows[value] { throw .unique(firstRow: first) }
        firstRows[value] = row
    }
}

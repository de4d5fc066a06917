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
    private let pattern: ValuePattern?
    private var firstRows: [ImportValue: Int] = [:]

    init(_ column: TableColumn, index: Int) throws(DescriptorRule) {
        self.column = column
        self.index = index
        missing = column.missingValues.map { Array($0.utf8) }
        pattern = try column.field.constraints.pattern.map { (text) throws(DescriptorRule) in try ValuePattern(text) }
    }

    mutating func read(_ cell: ArraySlice<UInt8>, row: Int) throws(ImportRule) -> ImportValue {
        if missing.contains(where: { $0.elementsEqual(cell) }) { return try absent() }
        let text = String(decoding: cell, as: UTF8.self)
        let value = try column.syntax.value(of: column.isNeutralised && column.syntax.isText ? Formula.unguarded(text) : text)
        if value == .key("") { return try absent() }
        try check(value)
        try checkUnique(value, row: row)
        return value
    }

    private func absent() throws(ImportRule) -> ImportValue {
        if column.field.constraints.isRequired { throw .required }
        return .absent
    }

    private func check(_ imported: ImportValue) throws(ImportRule) {
        guard case .value(let value) = imported else { return }
        let constraints = column.field.constraints
        if let length = value.length {
            if let limit = constraints.minimumLength, length < limit { throw .minimumLength(limit) }
            if let limit = constraints.maximumLength, length > limit { throw .maximumLength(limit) }
        }
        if let limit = constraints.minimum, value.isBelow(limit) { throw .minimum(limit) }
        if let limit = constraints.maximum, limit.isBelow(value) { throw .maximum(limit) }
        if !constraints.allowed.isEmpty, !constraints.allowed.contains(value) { throw .allowed(constraints.allowed) }
        if let pattern, case .text(let text) = value { try check(text, pattern) }
    }

    private func check(_ text: Text, _ pattern: ValuePattern) throws(ImportRule) {
        guard text.utf8.count <= ValuePattern.maximumValueSize else {
            throw .tooLongForPattern(limit: ValuePattern.maximumValueSize)
        }
        guard pattern.matches(text.string) else { throw .pattern(column.field.constraints.pattern ?? "") }
    }

    private mutating func checkUnique(_ value: ImportValue, row: Int) throws(ImportRule) {
        guard column.field.constraints.isUnique else { return }
        if let first = firstRows[value] { throw .unique(firstRow: first) }
        firstRows[value] = row
    }
}

extension Value {
    /// What a length constraint counts: the characters (Unicode scalars) of a text, the elements of a set.
    fileprivate var length: Int? {
        switch self {
        case .text(let text): text.string.unicodeScalars.count
        case .textSet(let set): set.elements.count
        default: nil
        }
    }
}

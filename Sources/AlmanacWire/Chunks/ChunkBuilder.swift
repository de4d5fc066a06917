import AlmanacModel

/// Gathers the rows of one chunk.
final class ChunkBuilder {
    private let kind: ChunkKind
    private let collection: CollectionID
    private let base: AlmanacModel.Sequence
    private var ids: [Int64] = []
    private var sequences: [Int64] = []
    private var columns: [ColumnBuilder] = []
    /// By field id; `none` where there is no column.
    private var columnOfField: [Int16] = []

    private static let none: Int16 = -1

    init(kind: ChunkKind, collection: CollectionID, base: AlmanacModel.Sequence) {
        self.kind = kind
        self.collection = collection
        self.base = base
    }

    var rows: Int { ids.count }

    /// False where the change belongs into another chunk: it is of another kind, collection or field set, or one of its fields has
    /// another type here.
    func append(_ change: RecordChange) -> Bool {
        guard change.collection == collection else { return false }
        switch (change, kind) {
        case (.whole(let record), .whole):
            guard record.values.allSatisfy({ accepts($0.value, for: $0.field) }) else { return false }
            for value in record.values { column(of: value.field).append(value.value, row: rows) }
        case (.patch(let patch), .patches):
            guard accepts(patch) else { return false }
            for field in patch.fields {
                let column = column(of: field.field)
                if let value = field.value { column.append(value, row: rows) }
            }
        case (.tombstone, .tombstones): break
        default: return false
        }
        ids.append(change.id.rawValue)
        sequences.append(Int64(clamping: change.sequence.rawValue))
        return true
    }

    private func accepts(_ value: Value, for field: FieldID) -> Bool {
        guard let type = existingColumn(of: field)?.type else { return true }
        return type == value.typeCode
    }

    /// Exactly the fields of this chunk, in their types.
    private func accepts(_ patch: RecordPatch) -> Bool {
        guard rows > 0 else { return true }
        guard patch.fields.count == columns.count else { return false }
        for (field, column) in zip(patch.fields, columns) {
            guard field.field == column.field, field.value.map({ accepts($0, for: field.field) }) ?? true else { return false }
        }
        return true
    }

    private func existingColumn(of field: FieldID) -> ColumnBuilder? {
        let index = Int(field.rawValue)
        guard index < columnOfField.count, columnOfField[index] != Self.none else { return nil }
        return columns[Int(columnOfField[index])]
    }

    private func column(of field: FieldID) -> ColumnBuilder {
        if let column = existingColumn(of: field) { return column }
        let column = ColumnBuilder(field: field)
        while columnOfField.count <= Int(field.rawValue) { columnOfField.append(Self.none) }
        columnOfField[Int(field.rawValue)] = Int16(columns.count)
        columns.append(column)
        return column
    }

    /// Record ids, sequences, columns.
    func body() -> [UInt8] {
        var body: [UInt8] = []
        Self.appendDifferences(ids, from: 0, to: &body)
        Self.appendDifferences(sequences, from: Int64(clamping: base.rawValue), to: &body)
        body.appendVarint(columns.count)
        for column in columns.sorted(by: { $0.field < $1.field }) { column.append(to: &body, rows: rows) }
        return body
    }

    /// The whole chunk around its body, which is deflated where that is smaller.
    func append(_ body: [UInt8], with deflater: Deflater?, to output: inout [UInt8]) {
        let deflated = deflater?.deflate(body)
        output.append(kind.rawValue)
        output.appendVarint(UInt64(collection.rawValue))
        output.appendVarint(rows)
        output.appendVarint(body.count)
        output.append((deflated == nil ? ChunkMethod.stored : .deflate).rawValue)
        output.appendVarint((deflated ?? body).count)
        output.append(contentsOf: deflated ?? body)
    }

    private static func appendDifferences(_ numbers: [Int64], from first: Int64, to body: inout [UInt8]) {
        var last = first
        for number in numbers {
            body.appendZigzag(number - last)
            last = number
        }
    }
}

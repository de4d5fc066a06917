import AlmanacModel

/// What a field of a record holds, as packages write it.
public enum SnapshotValue: Hashable, Sendable {
    /// Null.
    case absent
    case value(Value)
    /// The readable key of the record that a reference means.
    case key(Text)
    /// A reference to a record that this replica does not hold: it is in a stream that may not be read here.
    case elsewhere(RecordID)
}

/// One statement that gives every row of a collection, or one, references with the keys that they mean.
struct SnapshotRows {
    let sql: String
    private let collection: CollectionID
    private let columns: [Column]

    private struct Column {
        let field: FieldID
        let type: ValueType
        let index: Int32
        /// Where the key stands that a reference means; nil for everything else.
        let keyIndex: Int32?
    }

    /// Which rows.
    enum Selection {
        /// All, by id.
        case all
        /// The one whose id is the statement's parameter.
        case one
    }

    /// SQLite joins at most 64 tables: the keys behind further references are looked up one by one.
    private static let maximumJoins = 50

    /// Fields of unknown type have no column and are left out.
    init(
        _ selection: Selection = .all, of collection: Collection, _ fields: [Field], schema: Schema,
        exists: (CollectionID) throws -> Bool
    ) throws {
        var selected = ["c.id"]
        var joins: [String] = []
        var columns: [Column] = []
        for field in fields {
            guard let type = field.type.valueType else { continue }
            let index = Int32(selected.count)
            selected.append("c.\(TableName.column(field.id))")
            var keyIndex: Int32?
            if let target = field.type.referencedCollection.flatMap(schema.collection), let key = target.key,
                try exists(target.id)
            {
                keyIndex = Int32(selected.count)
                selected.append(Self.key(key, of: target.id, behind: field.id, &joins))
            }
            columns.append(Column(field: field.id, type: type, index: index, keyIndex: keyIndex))
        }
        let end = selection == .all ? "ORDER BY c.id" : "WHERE c.id = ?"
        sql = """
            SELECT \(selected.joined(separator: ", ")) FROM \(TableName.records(collection.id)) AS c\(joins.joined()) \(end)
            """
        self.collection = collection.id
        self.columns = columns
    }

    private static func key(
        _ key: FieldID, of target: CollectionID, behind field: FieldID, _ joins: inout [String]
    ) -> String {
        let (alias, table, column) = ("r\(field)", TableName.records(target), "c.\(TableName.column(field))")
        let found = "\(alias).\(TableName.column(key))"
        guard joins.count < maximumJoins else {
            return "(SELECT \(found) FROM \(table) AS \(alias) WHERE \(alias).id = \(column))"
        }
        joins.append(" LEFT JOIN \(table) AS \(alias) ON \(alias).id = \(column)")
        return found
    }

    func read(_ row: BulkStatement) throws -> [SnapshotValue] { try columns.map { try value($0, row) } }

    private func value(_ column: Column, _ row: BulkStatement) throws -> SnapshotValue {
        do {
            guard let value = try ValueColumn.read(column.type, from: row, column: column.index) else { return .absent }
            guard case .reference(let id) = value else { return .value(value) }
            guard let keyIndex = column.keyIndex, let key = try ValueColumn.read(.text, from: row, column: keyIndex),
                case .text(let text) = key
            else { return .elsewhere(id) }
            return .key(text)
        } catch {
            throw ReplicaError.damaged(
                "record \(row.integer(0)) of collection \(collection), field \(column.field): \(error.found) where \(error.type) "
                    + "is expected")
        }
    }
}

import AlmanacModel

/// Which columns a collection's table has, in the order in which statements name them.
struct CollectionLayout: Equatable {
    let collection: CollectionID
    /// The fields that have columns, by id. Fields of unknown type have none: their values stand in `rest`.
    let columns: [Column]

    struct Column: Equatable {
        let field: FieldID
        let type: ValueType
    }

    /// Of two columns for one field the first counts: the values of the other type stand in `rest`.
    init(collection: CollectionID, columns: [Column]) {
        self.collection = collection
        var seen: Set<FieldID> = []
        self.columns = columns.filter { seen.insert($0.field).inserted }.sorted { $0.field < $1.field }
    }

    init(_ collection: Collection) {
        self.init(
            collection: collection.id,
            columns: collection.fields.compactMap { field in field.type.valueType.map { Column(field: field.id, type: $0) } })
    }

    var columnNames: [String] { columns.map { TableName.column($0.field) } }
}

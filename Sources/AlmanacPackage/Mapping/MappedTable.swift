import AlmanacModel

/// A table of a foreign shape, seen as rows of a collection.
struct MappedTable: Sendable {
    let path: String
    let mapping: Mapping
    let names: NameTable
    /// One for each column of the rows, in their order.
    let templates: [MappingTemplate]
}

extension Mapping {
    /// The rows that the table becomes.
    ///
    /// - Parameters:
    ///   - path: the CSV file.
    ///   - collection: the one that the mapping names.
    ///   - names: what the dataset has in ``subject``'s sources.
    public func rows(of path: String, in collection: Collection, names: NameTable) throws(PackageError) -> CSVImport {
        var names = names
        for records in records { records.addNames(to: &names, for: subject) }
        let known = collection.fields.filter { fields[$0.name] != nil }
        try check(Set(fields.keys), against: known, JSONPath.root.appending("fields"))
        let table = MappedTable(path: path, mapping: self, names: names, templates: known.compactMap { fields[$0.name] })
        return CSVImport(file: path, collection: collection, content: .mapped(table), columns: known.map(collection.column))
    }

    /// The rows of records that the mapping brings along.
    public func rows(of records: MappingRecords, in collection: Collection) throws(PackageError) -> CSVImport {
        let place = JSONPath.root.appending("records").appending(records.collection.rawValue)
        let names = Set(records.rows.flatMap(\.keys))
        let known = collection.fields.filter { names.contains($0.name) }
        try check(names, against: known, place)
        let rows = records.rows.map { row in known.map { row[$0.name] ?? "" } }
        return CSVImport(
            file: "\(file), \(place)", collection: collection, content: .rows(rows), columns: known.map(collection.column))
    }

    private func check(_ names: Set<Identifier>, against fields: [Field], _ place: JSONPath) throws(PackageError) {
        for name in names.sorted(by: { $0.rawValue < $1.rawValue }) where !fields.contains(where: { $0.name == name }) {
            throw .refused(file: file, at: place.appending(name.rawValue), .unknownField(name.rawValue))
        }
    }
}

extension MappingRecords {
    fileprivate func addNames(to names: inout NameTable, for subject: MappedSubject?) {
        for source in subject?.sources ?? [] where source.collection == collection {
            for row in rows {
                if let name = row[source.name], let key = row[source.key] { names.add(name, meaning: key) }
            }
        }
    }
}

extension Collection {
    fileprivate func column(_ field: Field) -> TableColumn {
        TableColumn(
            field: completed(field), syntax: ValueSyntax(standardFor: field.type), missingValues: [""], isNeeded: true)
    }
}

import AlmanacModel

extension DataPackage {
    /// The package's files, each with the collection that its records go to, in the descriptor's order.
    ///
    /// - Parameter schema: what ``schema(over:)`` made of this package.
    public func imports(into schema: Schema) throws(PackageError) -> [CSVImport] {
        var imports: [CSVImport] = []
        for resource in resources {
            guard let collection = schema.collection(named: resource.name.rawValue) else {
                throw .conflicts([.unknownCollection(resource.name)])
            }
            imports.append(try source(resource, collection, schema))
        }
        return imports
    }

    private func source(
        _ resource: Resource, _ collection: Collection, _ schema: Schema
    ) throws(PackageError) -> CSVImport {
        var columns: [TableColumn] = []
        for field in resource.fields {
            guard let known = collection.field(named: field.name.rawValue), field.type.fits(known.type, in: schema) else {
                throw .conflicts([.unknownField(field.name, of: resource.name)])
            }
            columns.append(
                TableColumn(
                    field: collection.completed(known), syntax: field.syntax, missingValues: field.missingValues,
                    isNeutralised: resource.isNeutralised, isNeeded: true))
        }
        return CSVImport(
            file: resource.path, collection: collection, content: .file(path: try path(of: resource), resource.dialect),
            columns: columns)
    }

    /// Looked at again: the file may have been replaced by a link since the descriptor was read.
    private func path(of resource: Resource) throws(PackageError) -> String {
        do { return try folder.file(resource.path) } catch {
            throw .refused(file: PackageFolder.descriptorName, at: JSONPath.root.appending(resource.name.rawValue), error)
        }
    }
}

extension ResourceFieldType {
    fileprivate func fits(_ type: FieldType, in schema: Schema) -> Bool {
        switch self {
        case .plain(let own): own == type
        case .reference(let target): schema.collection(named: target.rawValue).map { .reference($0.id) == type } ?? false
        }
    }
}

import AlmanacModel
import AlmanacPackage
import AlmanacReplica

extension RowImport {
    /// A field that the file does not mention keeps the old value.
    mutating func values(of row: PackageRow, over old: Record?, _ file: CSVImport) throws -> [FieldValue] {
        var values = Dictionary(uniqueKeysWithValues: (old?.values ?? []).map { ($0.field, $0.value) })
        for imported in row.values {
            switch imported.value {
            case .absent: values[imported.field] = nil
            case .value(let value): values[imported.field] = value
            case .key(let key): values[imported.field] = try reference(to: key, imported.field, row, file)
            }
        }
        return values.sorted { $0.key < $1.key }.map { FieldValue($0.key, $0.value) }
    }

    private mutating func reference(
        to key: Text, _ field: FieldID, _ row: PackageRow, _ file: CSVImport
    ) throws -> Value? {
        guard let described = file.collection.field(field), let id = described.type.referencedCollection,
            let target = session.schema.collection(id)
        else { return nil }
        if let found = ids[id]?[key] { return .reference(found) }
        // A record that the file of its collection does not name is about to go.
        if !replaced.contains(id), let found = try find(key, in: target) { return .reference(found) }
        let near = report.problems.count < report.limit ? try near(key, in: target) : nil
        report.add(problem(.unknownReference(to: target.name, near: near), key.string, described, row, file))
        return nil
    }

    private mutating func near(_ key: Text, in target: Collection) throws -> Text? {
        let named = ids[target.id] ?? [:]
        return try nearKeys.near(key, in: replaced.contains(target.id) ? nil : target, named.keys, session)
    }

    func problem(
        _ rule: ImportRule, _ value: String?, _ field: Field, _ row: PackageRow, _ file: CSVImport
    ) -> ImportProblem {
        ImportProblem(
            file: file.file, row: row.number, line: row.line, column: field.name.rawValue, value: value, rule: rule)
    }
}

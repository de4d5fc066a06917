import AlmanacModel

/// What somebody types as the value of one field, read and checked as in an import.
public enum TypedValue {
    /// The value, exactly. Throws ``ImportRule`` for what the field's type or a constraint does not allow; its description follows the value
    /// in a sentence. The record that a key means is for the caller to find, and whether a value is unique.
    ///
    /// - Parameter isKey: whether the field is its collection's key.
    public static func read(_ text: String, of field: Field, isKey: Bool) throws -> ImportValue {
        let properties = field.properties.isEmpty ? nil : Text(field.properties)
        let constraints = try Constraints(properties: properties, of: field.type, isKey: isKey)
        let constrained = Field(
            id: field.id, name: field.name, type: field.type, constraints: constraints, properties: field.properties)
        let syntax: ValueSyntax = constrained.isYear ? .year : ValueSyntax(standardFor: field.type)
        var reader = try ColumnReader(
            TableColumn(field: constrained, syntax: syntax, missingValues: [], isNeeded: false), index: 0)
        return try reader.read(Array(text.utf8)[...], row: 1)
    }
}

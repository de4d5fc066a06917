import AlmanacModel

extension Collection {
    /// With the constraints that the stored properties of its fields state.
    public func withConstraints() throws -> Collection {
        let constrained = try fields.map { field in
            Field(
                id: field.id, name: field.name, type: field.type,
                constraints: try Constraints(
                    properties: field.properties.isEmpty ? nil : Text(field.properties), of: field.type, isKey: field.id == key),
                title: field.title, description: field.description, mergeRule: field.mergeRule, properties: field.properties)
        }
        return Collection(
            id: id, name: name, stream: stream, partition: partition, key: key, title: title, description: description,
            properties: properties, fields: constrained) ?? self
    }
}

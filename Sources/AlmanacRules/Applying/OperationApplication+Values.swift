import AlmanacModel

/// Proposed values as the authority's records hold them.
extension OperationApplication {
    func values(_ proposed: [ProposedField], of collection: Collection) throws -> [FieldValue] {
        try proposed.compactMap { field in
            let described = try self.field(field.field, of: collection)
            return try value(field.value, of: described, collection, beside: proposed).map { FieldValue(field.field, $0) }
        }
    }

    /// Refuses a value of another type than the field's. Nil means null.
    func value(
        _ proposed: ProposedValue?, of field: Field, _ collection: Collection, beside others: [ProposedField] = []
    ) throws -> Value? {
        switch proposed {
        case nil: return nil
        case .value(let value):
            guard value.typeCode == field.type.code else {
                throw OperationRejection(.invalid, "the field \(field.name) of \(Words.name(collection)) takes no such value")
            }
            return value
        case .made(let operation, let index):
            let target = field.type.referencedCollection ?? annotated(by: field, collection, others)
            guard let target, let id = try id(madeBy: operation, index, in: target) else {
                throw OperationRejection.referenceUnknown
            }
            return field.type.referencedCollection == nil ? .integer(id.rawValue) : .reference(id)
        }
    }

    /// An annotation names what it is about by two numbers; the record may have no id where the annotation is written.
    private func annotated(by field: Field, _ collection: Collection, _ others: [ProposedField]) -> CollectionID? {
        guard collection.id == AnnotationSchema.collection, field.id == AnnotationSchema.targetRecord,
            case .value(.integer(let number))? = others.first(where: { $0.field == AnnotationSchema.targetCollection })?.value
        else { return nil }
        return UInt64(exactly: number).flatMap(CollectionID.init)
    }

    /// A value as a conflict keeps it for people: a record by its key.
    func text(of value: Value?, in field: Field) throws -> Text? {
        guard case .reference(let id)? = value, let target = field.type.referencedCollection else {
            return value.map { Text($0.description) }
        }
        return try name(of: id, in: collection(target))
    }

    /// What people call a record: its key; an annotation's UUID; else its id.
    func name(of id: RecordID, in collection: Collection) throws -> Text {
        try record(collection.id, id).map { name(of: $0.record, in: collection) } ?? Text(id.description)
    }

    func name(of record: Record, in collection: Collection) -> Text {
        let field = collection.id == AnnotationSchema.collection ? AnnotationSchema.uuid : collection.key
        return Text(field.flatMap { record[$0] }?.description ?? record.id.description)
    }
}

import AlmanacModel

extension Array where Element == FieldValue {
    /// The value of a field; nil for null.
    subscript(field: FieldID) -> Value? { first { $0.field == field }?.value }

    /// What a record holds after these fields have become what they are to be, by field, ascending.
    public func patched(by fields: [PatchedField]) -> [FieldValue] {
        let touched = Set(fields.map(\.field))
        let new = fields.compactMap { field in field.value.map { FieldValue(field.field, $0) } }
        return (filter { !touched.contains($0.field) } + new).sorted { $0.field < $1.field }
    }
}

extension Value {
    /// Nil for a value of another type.
    var text: Text? { if case .text(let text) = self { text } else { nil } }

    /// Nil for a value of another type.
    var elements: [Text]? { if case .textSet(let set) = self { set.elements } else { nil } }
}

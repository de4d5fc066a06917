import AlmanacModel
import AlmanacPackage

/// What the fields of a collection demand that a file on its own cannot show: a column that a new record needs may be missing from
/// it, and a value that has to be unique may belong to a record that the file does not name.
struct RecordRules {
    /// By id.
    let required: [Field]
    /// Beside the key, by which rows find their records.
    let unique: Set<FieldID>

    init(_ collection: Collection) throws {
        let fields = try collection.withConstraints().fields
        required = fields.filter(\.constraints.isRequired)
        unique = Set(fields.filter { $0.constraints.isUnique && $0.id != collection.key }.map(\.id))
    }

    /// What a new record lacks.
    func missing(from values: [FieldValue]) -> [Field] {
        required.filter { field in !values.contains { $0.field == field.id } }
    }
}

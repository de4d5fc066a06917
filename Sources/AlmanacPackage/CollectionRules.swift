import AlmanacModel

/// What the fields of a collection demand of its records, as the properties state that the dataset keeps of them.
public struct CollectionRules {
    /// By id.
    public let required: [Field]
    /// The key among them.
    public let unique: Set<FieldID>
    /// The references that have to make a hierarchy.
    public let acyclic: Set<FieldID>
    private let values: [FieldID: ValueRule]
    private let years: Set<FieldID>

    /// Throws ``PackageError`` for properties that state no constraints.
    public init(_ collection: Collection) throws {
        let fields = try collection.withConstraints().fields
        required = fields.filter(\.constraints.isRequired)
        unique = Set(fields.filter(\.constraints.isUnique).map(\.id))
        acyclic = Set(fields.filter(\.isAcyclic).map(\.id))
        years = Set(fields.filter(\.isYear).map(\.id))
        values = try Dictionary(fields.map { ($0.id, try ValueRule($0.constraints)) }) { first, _ in first }
    }

    /// What a record lacks that has only these values.
    public func missing(from values: [FieldValue]) -> [Field] {
        required.filter { field in !values.contains { $0.field == field.id } }
    }

    /// What a value breaks by itself; nil if nothing.
    public func violation(of field: FieldID, by value: Value) -> ImportRule? {
        // A file writes years with four digits; nothing else is one.
        if years.contains(field), case .integer(let year) = value, !(0...9_999).contains(year) {
            return .type(expected: ValueSyntax.year.name)
        }
        do throws(ImportRule) {
            try values[field]?.check(value)
            return nil
        } catch {
            return error
        }
    }
}

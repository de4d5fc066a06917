import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// The values of one file that have to be unique. Within the file they are, or it would have been refused; what remains are the
/// records that the file does not name. So two rows may swap a value.
struct UniqueValues {
    private struct Place: Hashable {
        let field: FieldID
        let value: Value
    }

    private let collection: Collection
    private let fields: Set<FieldID>
    private var places: [Place: (row: Int, line: Int)] = [:]
    private var ids: Set<RecordID> = []

    init(_ collection: Collection, _ rules: CollectionRules) {
        self.collection = collection
        // By the key rows find their records.
        fields = rules.unique.filter { $0 != collection.key }
    }

    mutating func note(_ id: RecordID, _ values: [FieldValue], of row: PackageRow) {
        guard !fields.isEmpty else { return }
        ids.insert(id)
        for value in values where fields.contains(value.field) && row[value.field] != nil {
            places[Place(field: value.field, value: value.value)] = (row.number, row.line)
        }
    }

    /// The rows whose value a record has that the file does not name, in their order.
    func problems(in session: CommitSession, file: String) throws -> [ImportProblem] {
        guard !places.isEmpty else { return [] }
        var problems: [ImportProblem] = []
        try session.forEachRecord(of: collection.id) { record in
            guard !ids.contains(record.id) else { return }
            for value in record.values where fields.contains(value.field) {
                guard let place = places[Place(field: value.field, value: value.value)] else { continue }
                problems.append(
                    ImportProblem(
                        file: file, row: place.row, line: place.line, column: collection.field(value.field)?.name.rawValue,
                        value: value.value.description, rule: .taken(by: collection.key(of: record))))
            }
        }
        return problems.sorted { ($0.row ?? 0, $0.column ?? "") < ($1.row ?? 0, $1.column ?? "") }
    }
}

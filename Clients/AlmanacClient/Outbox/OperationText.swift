import AlmanacModel
import AlmanacReplica

/// What an operation does, change by change, for people and for programs.
public struct OperationText {
    private let working: (any WorkingRecords)?

    /// Without records, references and names are numbers.
    public init(_ working: (any WorkingRecords)?) { self.working = working }

    // MARK: For people

    public func lines(_ operation: Operation) -> [String] {
        operation.changes.flatMap { lines($0) }
    }

    private func lines(_ change: Change) -> [String] {
        switch change {
        case .make(let id, let stream, let values):
            ["makes a record of \(name(id))\(stream.map { " in \($0)" } ?? "")"]
                + values.flatMap { field in
                    block(name(field.field, id), text(field.value, field.field, id) ?? "nothing")
                }
        case .edit(let record, let edits):
            ["changes \(name(record))"]
                + edits.flatMap { edit in block(name(edit.field, record.collection), words(edit, record.collection)) }
        case .delete(let record, _): ["deletes \(name(record))"]
        case .move(let record, let from, let to): ["moves \(name(record)) from \(from) to \(to)"]
        case .see(let record, let stream): ["for those who read \(name(record)) in \(stream)"]
        }
    }

    private func words(_ edit: FieldEdit, _ collection: CollectionID) -> String {
        switch edit.kind {
        case .value(let base, let new):
            let (old, next) = (text(base, edit.field, collection), text(new, edit.field, collection))
            let isLong = [old, next].contains { $0?.contains(where: \.isNewline) == true }
            return isLong ? next ?? "nothing" : "\(old ?? "nothing") became \(next ?? "nothing")"
        case .elements(let added, let removed):
            return (added.elements.map { "+\($0)" } + removed.elements.map { "-\($0)" }).joined(separator: " ")
        }
    }

    private func block(_ title: String, _ text: String) -> [String] {
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1 else { return ["    \(title)  \(Visible.text(text))"] }
        return ["    \(title)"] + lines.map { $0.isEmpty ? "" : "      \(Visible.text(String($0)))" }
    }

    // MARK: For programs

    public func objects(_ operation: Operation) -> [JSONValue] {
        operation.changes.map { ExportedChange($0, working?.schema).json }
    }

    // MARK: Names

    private var schema: Schema { working?.schema ?? .system }

    private func name(_ id: CollectionID) -> String { schema.collection(id)?.name.rawValue ?? "collection \(id)" }

    private func name(_ field: FieldID, _ id: CollectionID) -> String {
        schema.collection(id)?.field(field)?.name.rawValue ?? "field \(field)"
    }

    private func name(_ record: RecordName) -> String {
        if let working, let key = try? ValueText(working).key(of: record) { return "\(name(record.collection))/\(key)" }
        if record.collection == AnnotationSchema.collection,
            case .uuid(let id)? = try? working?.record(record)?[AnnotationSchema.uuid]
        {
            return "annotation \(ShortID.of(id, among: []))"
        }
        switch record {
        case .id(let collection, let id): return "\(name(collection))/\(id)"
        case .made(let collection, let operation, _): return "\(name(collection))/\(ShortID.of(operation, among: []))"
        }
    }

    private func text(_ value: ProposedValue?, _ id: FieldID, _ collection: CollectionID) -> String? {
        switch value {
        case nil: return nil
        case .made(let operation, _): return ShortID.of(operation, among: [])
        case .value(let value):
            guard let working, let field = schema.collection(collection)?.field(id) else { return value.description }
            return (try? ValueText(working).text(value, of: field)) ?? value.description
        }
    }
}

import AlmanacModel
import AlmanacReplica

/// Changes of a record's fields as somebody types them, each from the value that is here.
public struct RecordEdit: Sendable {
    public let target: RecordTarget
    public let edits: [FieldEdit]
    /// What it does, for people.
    public let differences: [ValueDifference]

    /// Throws ``CuratingError`` and ``WritingError``, which name the field and what would be valid.
    public init(_ target: RecordTarget, _ assignments: [Assignment], unset: [String], _ authoring: Authoring) throws {
        guard !target.collection.id.isSystem else { throw CuratingError.notOfDataset(target.name) }
        self.target = target
        let reader = Reader(target: target, working: authoring.working)
        var wanted: [FieldID: ProposedValue?] = [:]
        for name in unset {
            guard wanted.updateValue(nil as ProposedValue?, forKey: try reader.field(name).id) == nil else {
                throw CuratingError.fieldTwice(name)
            }
        }
        for group in Dictionary(grouping: assignments, by: \.field).values {
            guard let first = group.first else { continue }
            let field = try reader.field(first.field)
            guard wanted[field.id] == nil else { throw CuratingError.fieldTwice(first.field) }
            wanted[field.id] = .some(try reader.value(group, field))
        }
        let changed = wanted.filter { target.record.proposed($0.key) != $0.value }.sorted { $0.key < $1.key }
        edits = changed.map { reader.edit($0.key, to: $0.value) }
        differences = try changed.map { try reader.difference($0.key, $0.value) }
        guard !edits.isEmpty else { throw WritingError.unchanged }
    }

    public var change: Change { .edit(target.record.name, edits) }

    /// `cluster_ranks/gii-2025/tokyo-yokohama, rank: 3 became 4`
    public var summary: String { "\(target.name), \(differences.map(\.withField).joined(separator: "; "))" }
}

private struct Reader {
    let target: RecordTarget
    let working: any WorkingRecords

    func field(_ name: String) throws -> Field {
        guard let field = target.collection.field(named: name) else {
            throw WritingError.unknownField(
                name, of: target.collection.name.rawValue, known: target.collection.fields.map(\.name.rawValue))
        }
        return field
    }

    /// Everything that is said of one field.
    func value(_ assignments: [Assignment], _ field: Field) throws -> ProposedValue? {
        if let only = assignments.first, assignments.count == 1, only.operation == .set {
            return .value(try ProposedText(working).value(only.text, of: field, in: target.collection))
        }
        guard assignments.allSatisfy({ $0.operation != .set }) else { throw CuratingError.fieldTwice(field.name.rawValue) }
        guard field.type == .textSet else { throw CuratingError.notASet(field: "\(field.name) of \(target.collection.name)") }
        var elements = elements(target.record.proposed(field.id))
        for assignment in assignments {
            if assignment.operation == .add {
                elements.insert(Text(assignment.text))
            } else {
                elements.remove(Text(assignment.text))
            }
        }
        return elements.isEmpty ? nil : .value(.textSet(TextSet(elements)))
    }

    /// Sets change by element, so that what somebody else adds meanwhile stays.
    func edit(_ id: FieldID, to value: ProposedValue?) -> FieldEdit {
        let base = target.record.proposed(id)
        guard target.collection.field(id)?.type == .textSet else { return FieldEdit(id, .value(base: base, new: value)) }
        let (old, new) = (elements(base), elements(value))
        return FieldEdit(
            id, .elements(added: TextSet(new.subtracting(old)), removed: TextSet(old.subtracting(new))))
    }

    func difference(_ id: FieldID, _ value: ProposedValue?) throws -> ValueDifference {
        let field = target.collection.field(id)
        let texts = ValueText(working)
        let now: String? =
            if case .value(let value)? = value { try field.map { try texts.text(value, of: $0) } } else { nil }
        return ValueDifference(
            field: field?.name.rawValue ?? id.description, seen: try field.flatMap { try texts.text(of: $0, in: target.record) },
            now: now)
    }

    private func elements(_ value: ProposedValue?) -> Set<Text> {
        if case .value(.textSet(let set))? = value { Set(set.elements) } else { [] }
    }
}

import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Compares rows with the records that are here.
struct ImportPlanning {
    private let collection: Collection
    private let file: String
    private let working: any WorkingRecords
    private let id: UniqueID
    private let unique: Set<FieldID>
    private let required: [Field]
    private(set) var plan: ImportPlan
    /// The change that makes the record of a key which the file brings.
    private var made: [Text: Int] = [:]
    /// The keys of the records that hold a value which has to be unique; made when it is first asked for.
    private var holders: [FieldID: [Value: Text]] = [:]

    init(
        _ collection: Collection, _ file: String, _ working: any WorkingRecords, id: UniqueID, report: ProblemReport
    ) throws {
        self.collection = collection
        self.file = file
        self.working = working
        self.id = id
        let rules = try CollectionRules(collection)
        unique = rules.unique.subtracting([collection.key].compactMap(\.self))
        required = rules.required
        plan = ImportPlan(report: report)
    }

    /// Records that others of the file refer to are made before them.
    mutating func take(_ rows: [PackageRow]) throws {
        var waiting = rows
        let keys = Set(rows.compactMap(\.key))
        while !waiting.isEmpty {
            let blocked = try waiting.filter { row in
                let needed = try references(row).filter { key in try keys.contains(key) && made[key] == nil && record(key) == nil
                }
                return needed.contains { $0 != row.key } && !needed.isEmpty
            }
            let isStuck = blocked.count == waiting.count
            let next = isStuck ? waiting : waiting.filter { row in !blocked.contains { $0.number == row.number } }
            for row in next { try take(row) }
            waiting = isStuck ? [] : blocked
        }
    }

    /// The keys of records of this collection that a row refers to.
    private func references(_ row: PackageRow) -> [Text] {
        row.values.compactMap { field in
            guard case .key(let key) = field.value,
                collection.field(field.field)?.type.referencedCollection == collection.id
            else { return nil }
            return key
        }
    }

    private func record(_ key: Text) throws -> WorkingRecord? { try working.record(collection.id, key: key) }

    private mutating func take(_ row: PackageRow) throws {
        guard let key = row.key else { return }
        let before = plan.report.total
        let present = try record(key)
        var values: [(Field, ProposedValue?)] = []
        for cell in row.values {
            guard let field = collection.field(cell.field) else { continue }
            values.append((field, try value(cell.value, field, row)))
            if case .value(let value) = cell.value, unique.contains(field.id) { try checkUnique(value, field, row, key) }
        }
        if present == nil { checkComplete(values, row) }
        guard plan.report.total == before else { return }
        if let present { try edit(present, values, row, key) } else { try make(values, row, key) }
    }

    // MARK: Changes

    private mutating func make(_ values: [(Field, ProposedValue?)], _ row: PackageRow, _ key: Text) throws {
        let given = values.filter { $0.1 != nil }
        let change = Change.make(collection.id, in: nil, values: given.map { ProposedField($0.0.id, $0.1) })
        made[key] = plan.rows.count
        let differences = try given.map { ValueDifference(field: $0.0.name.rawValue, seen: nil, now: try text($0.1, $0.0)) }
        plan.rows.append(PlannedRow(number: row.number, key: key, change: change, differences: differences))
    }

    private mutating func edit(_ record: WorkingRecord, _ values: [(Field, ProposedValue?)], _ row: PackageRow, _ key: Text)
        throws
    {
        let changed = values.filter { record.proposed($0.0.id) != $0.1 }
        guard !changed.isEmpty else {
            plan.unchanged += 1
            return
        }
        let edits = changed.map { field, value in
            FieldEdit(field.id, Self.kind(field, from: record.proposed(field.id), to: value))
        }
        let differences = try changed.map { field, value in
            ValueDifference(
                field: field.name.rawValue, seen: try ValueText(working).text(of: field, in: record), now: try text(value, field))
        }
        plan.rows.append(
            PlannedRow(number: row.number, key: key, change: .edit(record.name, edits), differences: differences))
    }

    private static func kind(_ field: Field, from old: ProposedValue?, to new: ProposedValue?) -> FieldEdit.Kind {
        guard field.type == .textSet else { return .value(base: old, new: new) }
        func elements(_ value: ProposedValue?) -> Set<Text> {
            if case .value(.textSet(let set))? = value { Set(set.elements) } else { [] }
        }
        return .elements(
            added: TextSet(elements(new).subtracting(elements(old))), removed: TextSet(elements(old).subtracting(elements(new))))
    }

    private func text(_ value: ProposedValue?, _ field: Field) throws -> String? {
        switch value {
        case nil: nil
        case .value(let value): try ValueText(working).text(value, of: field)
        case .made: "a new record"
        }
    }

    // MARK: Values

    private mutating func value(_ cell: ImportValue, _ field: Field, _ row: PackageRow) throws -> ProposedValue? {
        switch cell {
        case .absent: return nil
        case .value(let value): return .value(value)
        case .key(let key):
            guard let target = field.type.referencedCollection else { return nil }
            if target == collection.id, let index = made[key] { return .made(by: id, index: index) }
            switch try working.record(target, key: key)?.name {
            case .id(_, let id): return .value(.reference(id))
            case .made(_, let operation, let index): return .made(by: operation, index: index)
            case nil:
                let name = working.schema.collection(target)?.name ?? collection.name
                note(.unknownReference(to: name, near: nil), key.string, field, row)
                return nil
            }
        }
    }

    private mutating func checkUnique(_ value: Value, _ field: Field, _ row: PackageRow, _ key: Text) throws {
        if holders[field.id] == nil { holders[field.id] = try holders(of: field) }
        guard let holder = holders[field.id]?[value], holder != key else { return }
        note(.taken(by: holder), value.description, field, row)
    }

    private func holders(of field: Field) throws -> [Value: Text] {
        var found: [Value: Text] = [:]
        for record in try working.records(of: collection.id) {
            guard let value = record[field.id], let id = collection.key, case .text(let key)? = record[id] else { continue }
            found[value] = key
        }
        return found
    }

    /// A column that the file lacks cannot be required of a new record.
    private mutating func checkComplete(_ values: [(Field, ProposedValue?)], _ row: PackageRow) {
        for field in required where !values.contains(where: { $0.0.id == field.id }) { note(.required, nil, field, row) }
    }

    private mutating func note(_ rule: ImportRule, _ value: String?, _ field: Field, _ row: PackageRow) {
        plan.report.add(
            ImportProblem(file: file, row: row.number, line: row.line, column: field.name.rawValue, value: value, rule: rule))
    }
}

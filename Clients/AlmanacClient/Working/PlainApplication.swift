import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Carries an operation out as its author wrote it, whatever the rules say of it.
struct PlainApplication {
    private let operation: Operation
    private let ground: WorkingGround

    init(_ operation: Operation, over ground: WorkingGround) {
        self.operation = operation
        self.ground = ground
    }

    func run() throws {
        for (index, change) in operation.changes.enumerated() { try run(change, index) }
    }

    private func run(_ change: Change, _ index: Int) throws {
        switch change {
        case .make(let collection, let stream, let values):
            guard let described = ground.schema.collection(collection) else { return }
            let id = try ground.newID(collection)
            ground.noteMade(index, by: operation.id, collection, id)
            let values = try values.compactMap { field in
                try value(field.value, described.field(field.field)).map { FieldValue(field.field, $0) }
            }
            try ground.put(collection, id, values + own(collection, index, values), in: stream ?? described.stream)
        case .edit(let name, let edits):
            guard let placed = try record(name) else { return }
            try put(edits.map { PatchedField($0.field, try wanted($0, of: placed.record)) }, placed)
        case .delete(let name, _):
            if let placed = try record(name) { ground.remove(name.collection, placed.record.id) }
        case .move(let name, _, let target):
            guard let placed = try record(name) else { return }
            try ground.put(name.collection, placed.record.id, placed.record.values, in: target)
        case .see: break
        }
    }

    /// What lists of annotations go by.
    private func own(_ collection: CollectionID, _ index: Int, _ values: [FieldValue]) -> [FieldValue] {
        guard collection == AnnotationSchema.collection else { return [] }
        let added = [
            FieldValue(AnnotationSchema.uuid, .uuid(AnnotationIdentity.uuid(of: operation.id, index: index))),
            FieldValue(AnnotationSchema.created, .instant(operation.time)),
        ]
        return added.filter { new in !values.contains { $0.field == new.field } }
    }

    /// The author's own value in the field over which this conflict is, or the deletion that it has held up.
    func insist(on conflict: [FieldValue]) throws {
        guard let collection = number(ConflictSchema.targetCollection, conflict).flatMap(CollectionID.init),
            let id = number(ConflictSchema.targetRecord, conflict).flatMap({ RecordID(Int64(clamping: $0)) }),
            let placed = try ground.record(collection, id)
        else { return }
        let field = number(ConflictSchema.targetField, conflict).flatMap(FieldID.init)
        for change in operation.changes {
            switch change {
            case .edit(let name, let edits):
                guard try identity(name) == id, name.collection == collection,
                    let edit = edits.first(where: { $0.field == field })
                else { continue }
                return try put([PatchedField(edit.field, try wanted(edit, of: placed.record))], placed)
            case .delete(let name, _):
                if try identity(name) == id, name.collection == collection { return ground.remove(collection, id) }
            case .make, .move, .see: continue
            }
        }
    }

    private func number(_ field: FieldID, _ values: [FieldValue]) -> UInt64? {
        guard case .integer(let number)? = values.first(where: { $0.field == field })?.value else { return nil }
        return UInt64(exactly: number)
    }

    // MARK: Records and values

    private func identity(_ name: RecordName) throws -> RecordID? {
        switch name {
        case .id(_, let id): id
        case .made(let collection, let operation, let index): try ground.made(collection, by: operation, index: index)
        }
    }

    private func record(_ name: RecordName) throws -> PlacedRecord? {
        try identity(name).flatMap { try ground.record(name.collection, $0) }
    }

    private func put(_ fields: [PatchedField], _ placed: PlacedRecord) throws {
        let changed = Set(fields.map(\.field))
        let values =
            placed.record.values.filter { !changed.contains($0.field) }
            + fields.compactMap { field in field.value.map { FieldValue(field.field, $0) } }
        try ground.put(placed.record.collection, placed.record.id, values, in: placed.stream)
    }

    private func wanted(_ edit: FieldEdit, of record: AlmanacModel.Record) throws -> Value? {
        switch edit.kind {
        case .value(_, let new):
            return try value(new, ground.schema.collection(record.collection)?.field(edit.field))
        case .elements(let added, let removed):
            switch FieldMerge.elements(added: added, removed: removed, server: record[edit.field]) {
            case .value(let merged): return merged
            case .unchanged, .conflict: return record[edit.field]
            }
        }
    }

    /// Nil for null, and for a reference to what is not here.
    private func value(_ proposed: ProposedValue?, _ field: Field?) throws -> Value? {
        switch proposed {
        case nil: return nil
        case .value(let value): return value
        case .made(let operation, let index):
            guard let target = field?.type.referencedCollection else { return nil }
            return try ground.made(target, by: operation, index: index).map(Value.reference)
        }
    }
}

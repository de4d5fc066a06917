import AlmanacModel

/// What cannot be merged is kept, as a record for people to resolve.
extension OperationApplication {
    /// What a conflict says beside its target.
    struct KeptConflict {
        let kind: ConflictKind
        var field: FieldID?
        var name: Text?
        var base: Text?
        var mine: Text?
        var server: Text?
        var last: LastChange?
    }

    /// Where a conflict is kept: with the dataset's others; where its target is or was; with its author alone, where that is not to be
    /// seen.
    func conflictStream(of collection: CollectionID, in stream: StreamName?) throws -> StreamName {
        if !collection.isSystem, author.mayRead(.curation) { return .curation }
        if collection.isSystem, let stream { return stream }
        guard let own = author.own else {
            throw OperationRejection(.invalid, "what you wrote could not be kept for you: your name makes no stream")
        }
        return own
    }

    /// One that did not merge, or a field that changed before its record was deleted.
    func keep(
        _ edit: MergedEdit, of placed: PlacedRecord, _ collection: Collection, _ kind: ConflictKind = .value
    ) throws {
        var conflict = KeptConflict(kind: kind, field: edit.field.id)
        conflict.name = name(of: placed.record, in: collection)
        conflict.base = try text(of: edit.base, in: edit.field)
        conflict.mine = try text(of: edit.mine, in: edit.field)
        conflict.server = try text(of: edit.server, in: edit.field)
        conflict.last = try ground.lastChange(of: edit.field.id, in: collection.id, placed.record.id)
        try keep(
            conflict, of: placed.record.id, collection, in: conflictStream(of: collection.id, in: placed.stream))
    }

    /// Everything that was to be written into a record that is out of reach, one conflict a field; nil stands for its deletion.
    func keep(
        _ edits: [FieldEdit]?, of id: RecordID, _ collection: Collection, _ kind: ConflictKind, in stream: StreamName
    ) throws {
        guard let edits else { return try keep(KeptConflict(kind: kind), of: id, collection, in: stream) }
        for edit in edits where !isDerived(edit.field, of: collection) {
            let field = try field(edit.field, of: collection)
            var conflict = KeptConflict(kind: kind, field: field.id)
            switch edit.kind {
            case .value(let base, let new):
                conflict.base = try text(of: try? value(base, of: field, collection), in: field)
                conflict.mine = try text(of: value(new, of: field, collection), in: field)
            case .elements(let added, let removed):
                conflict.base = try text(of: removed.elements.isEmpty ? nil : .textSet(removed), in: field)
                conflict.mine = try text(of: added.elements.isEmpty ? nil : .textSet(added), in: field)
            }
            try keep(conflict, of: id, collection, in: stream)
        }
    }

    func keep(_ conflict: KeptConflict, of id: RecordID, _ collection: Collection, in stream: StreamName) throws {
        guard let schema = Schema.system.collection(ConflictSchema.collection) else { return }
        let new = try ground.newID(schema.id)
        // What a person typed comes first; the rest can be looked up.
        var shortened = conflict
        if !ground.fits(schema.id, new, values(of: shortened, id, collection)) { shortened.base = nil }
        if !ground.fits(schema.id, new, values(of: shortened, id, collection)) { shortened.server = nil }
        try put(schema, new, values(of: shortened, id, collection), in: stream)
        effects.conflicts.append(new)
    }

    private func values(of conflict: KeptConflict, _ id: RecordID, _ collection: Collection) -> [FieldValue] {
        typealias Fields = ConflictSchema
        let values: [(FieldID, Value?)] = [
            (Fields.targetCollection, .integer(Int64(collection.id.rawValue))),
            (Fields.targetRecord, .integer(id.rawValue)),
            (Fields.targetField, conflict.field.map { .integer(Int64($0.rawValue)) }),
            (Fields.targetName, conflict.name.map(Value.text)),
            (Fields.kind, conflict.kind.value),
            (Fields.base, conflict.base.map(Value.text)),
            (Fields.mine, conflict.mine.map(Value.text)),
            (Fields.server, conflict.server.map(Value.text)),
            (Fields.author, .text(author.name)),
            (Fields.operation, .uuid(operation.id)),
            (Fields.made, .instant(operation.time)),
            (Fields.serverAuthor, conflict.last.map { .text($0.author) }),
            (Fields.serverSequence, conflict.last.map { .integer(Int64(clamping: $0.sequence.rawValue)) }),
            (Fields.state, ConflictState.open.value),
        ]
        return values.compactMap { field, value in value.map { FieldValue(field, $0) } }
    }
}

import AlmanacModel

extension OperationApplication {
    func edit(_ name: RecordName, _ edits: [FieldEdit]) throws {
        let (collection, id) = (try collection(name.collection), try id(of: name))
        switch try target(collection.id, id) {
        case .here(let placed): try edit(placed, edits, collection)
        case .deleted(let stream):
            try requireWriting(collection.id, in: stream)
            try keep(edits, of: id, collection, .deleted, in: conflictStream(of: collection.id, in: stream))
        case .movedAway(let stream):
            try requireWriting(collection.id, in: stream)
            try keep(edits, of: id, collection, .moved, in: conflictStream(of: collection.id, in: nil))
        }
    }

    private func edit(_ placed: PlacedRecord, _ edits: [FieldEdit], _ collection: Collection) throws {
        let record = placed.record
        try requireUnresolved(record)
        let merged = try edits.map { try merge($0, record, collection) }
        let change = { (stream: StreamName) in
            ResolvedChange.edit(record, in: stream, merged.map { PatchedField($0.field.id, $0.wanted) })
        }
        if let seen = streamSeen(of: placed) {
            // What was written for those who read one stream is not shown to those who read another.
            try author.check(change(seen))
            return try keep(edits, of: record.id, collection, .moved, in: conflictStream(of: collection.id, in: nil))
        }
        guard author.mayDo(change(placed.stream)) else {
            // Where the author could write before it was moved, what was written is kept; else it is refused.
            let left = try ground.streamsLeft(by: record.id, of: collection.id)
            guard left.contains(where: { author.mayDo(change($0)) }) else { return try author.check(change(placed.stream)) }
            return try keep(
                edits, of: record.id, collection, .moved, in: conflictStream(of: collection.id, in: nil))
        }
        let patches = merged.compactMap(\.patch)
        if !patches.isEmpty { try write(patches, over: placed, collection) }
        for field in merged where field.isConflict && !isDerived(field.field.id, of: collection) {
            try keep(field, of: placed, collection)
        }
    }

    /// A conflict is resolved once.
    private func requireUnresolved(_ record: Record) throws {
        guard record.collection == ConflictSchema.collection,
            record[ConflictSchema.state] == ConflictState.resolved.value
        else { return }
        let person = record[ConflictSchema.resolvedBy]?.text.map(Words.quoted) ?? "somebody"
        let kept = record[ConflictSchema.kept]?.text.map { " and kept \($0)" } ?? ""
        throw OperationRejection(
            .notAllowed, "\(person) has resolved this conflict before you\(kept): sync, and edit what stands there now")
    }

    /// Whether the authority sets the field by itself: then nothing is lost that a person wrote.
    func isDerived(_ field: FieldID, of collection: Collection) -> Bool {
        collection.id == AnnotationSchema.collection && AnnotationRules.derived.contains(field)
    }

    // MARK: Merging

    /// What an edit of one field comes to.
    struct MergedEdit {
        let field: Field
        let base: Value?
        let mine: Value?
        let server: Value?
        let outcome: MergedField

        /// What the author wants the field to be, merged where that is possible.
        var wanted: Value? {
            switch outcome {
            case .unchanged: server
            case .value(let value): value
            case .conflict: mine
            }
        }

        var patch: PatchedField? { if case .value(let value) = outcome { PatchedField(field.id, value) } else { nil } }

        var isConflict: Bool { outcome == .conflict }
    }

    private func merge(_ edit: FieldEdit, _ record: Record, _ collection: Collection) throws -> MergedEdit {
        let field = try field(edit.field, of: collection)
        let server = record[field.id]
        switch edit.kind {
        case .value(let base, let new):
            // What was seen may be of a type that the field had in an older schema; then it is another value.
            let base = try? value(base, of: field, collection)
            let mine = try value(new, of: field, collection)
            return MergedEdit(
                field: field, base: base, mine: mine, server: server,
                outcome: FieldMerge.value(rule: field.mergeRule, base: base, mine: mine, server: server))
        case .elements(let added, let removed):
            guard field.type == .textSet else {
                throw OperationRejection(.invalid, "the field \(field.name) of \(Words.name(collection)) has no elements")
            }
            return MergedEdit(
                field: field, base: nil, mine: .textSet(added), server: server,
                outcome: FieldMerge.elements(added: added, removed: removed, server: server))
        }
    }

    // MARK: Writing

    private func write(_ patches: [PatchedField], over placed: PlacedRecord, _ collection: Collection) throws {
        let record = placed.record
        let patches = completed(patches, of: record)
        let values = record.values.patched(by: patches)
        try checkSets(values, collection)
        if collection.id.isSystem {
            try checkEdited(values, patches, of: record)
        } else {
            try checkDataset(values, patches.map(\.field), of: record.id, collection)
        }
        let stream = collection.id.isSystem ? placed.stream : try stream(of: values, collection)
        if stream != placed.stream { try requireReading(stream) }
        try put(collection, record.id, values, in: stream)
        noteCredit(patches, record)
    }

    /// Whose correction is accepted: that of another person.
    private func noteCredit(_ patches: [PatchedField], _ record: Record) {
        guard record.collection == AnnotationSchema.collection, let writer = record[AnnotationSchema.author]?.text,
            patches.contains(where: { $0.field == AnnotationSchema.state && $0.value == AnnotationState.accepted.value }),
            writer != author.name
        else { return }
        effects.correctionBy = writer.string
    }
}

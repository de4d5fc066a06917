import AlmanacModel

/// Deleting and moving.
extension OperationApplication {
    func delete(_ name: RecordName, seen: [ProposedField]) throws {
        let (collection, id) = (try collection(name.collection), try id(of: name))
        switch try target(collection.id, id) {
        case .deleted: return
        case .movedAway(let stream):
            try requireWriting(collection.id, in: stream)
            try keep(nil, of: id, collection, .moved, in: conflictStream(of: collection.id, in: nil))
        case .here(let placed):
            try author.check(.delete(placed.record, in: placed.stream))
            let changed = try changes(of: placed.record, since: seen, collection)
            guard changed.isEmpty else {
                for edit in changed { try keep(edit, of: placed, collection, .changed) }
                return
            }
            if !collection.id.isSystem { try requireUnneeded(placed.record, collection) }
            remove(placed)
        }
    }

    /// The fields that no longer hold what the author saw.
    private func changes(of record: Record, since seen: [ProposedField], _ collection: Collection) throws -> [MergedEdit] {
        try seen.compactMap { seen in
            let field = try field(seen.field, of: collection)
            let (base, server) = (try? value(seen.value, of: field, collection), record[field.id])
            guard base != server else { return nil }
            return MergedEdit(field: field, base: base, mine: nil, server: server, outcome: .conflict)
        }
    }

    func move(_ name: RecordName, from: StreamName, to: StreamName) throws {
        let (collection, id) = (try collection(name.collection), try id(of: name))
        switch try target(collection.id, id) {
        case .deleted(let stream):
            try requireWriting(collection.id, in: stream)
            let conflict = KeptConflict(kind: .deleted, base: Text(from.rawValue), mine: Text(to.rawValue))
            try keep(conflict, of: id, collection, in: conflictStream(of: collection.id, in: stream))
        case .movedAway(let stream):
            try requireWriting(collection.id, in: stream)
            let conflict = KeptConflict(kind: .moved, base: Text(from.rawValue), mine: Text(to.rawValue))
            try keep(conflict, of: id, collection, in: conflictStream(of: collection.id, in: nil))
        case .here(let placed):
            guard placed.stream != to else { return }
            try author.check(.move(placed.record, from: placed.stream, to: to))
            guard placed.stream == from else {
                var conflict = KeptConflict(kind: .moved, base: Text(from.rawValue), mine: Text(to.rawValue))
                conflict.server = Text(placed.stream.rawValue)
                conflict.last = try ground.lastChange(of: nil, in: collection.id, id)
                conflict.name = self.name(of: placed.record, in: collection)
                return try keep(conflict, of: id, collection, in: conflictStream(of: collection.id, in: placed.stream))
            }
            try put(collection, id, placed.record.values, in: to)
            if collection.id == AnnotationSchema.collection { try moveThread(placed.record, from: from, to: to, collection) }
        }
    }

    /// Replies stand where their thread does.
    private func moveThread(_ annotation: Record, from: StreamName, to: StreamName, _ collection: Collection) throws {
        try checking { () throws(RuleViolation) in try AnnotationRules.checkMoving(annotation, from: from) }
        for reply in try replies(to: annotation.id) where reply.stream == from {
            try put(collection, reply.record.id, reply.record.values, in: to)
        }
    }
}

import AlmanacModel

extension Change {
    /// The same, where other operations make the records.
    func naming(_ newest: (UniqueID) throws -> UniqueID) rethrows -> Change {
        func value(_ value: ProposedValue?) throws -> ProposedValue? {
            guard case .made(let id, let index)? = value else { return value }
            return .made(by: try newest(id), index: index)
        }
        func field(_ field: ProposedField) throws -> ProposedField { ProposedField(field.field, try value(field.value)) }
        func name(_ name: RecordName) throws -> RecordName {
            guard case .made(let collection, let id, let index) = name else { return name }
            return .made(collection, by: try newest(id), index: index)
        }
        func edit(_ edit: FieldEdit) throws -> FieldEdit {
            guard case .value(let base, let new) = edit.kind else { return edit }
            return FieldEdit(edit.field, .value(base: try value(base), new: try value(new)))
        }
        return switch self {
        case .make(let collection, let stream, let values): .make(collection, in: stream, values: try values.map(field))
        case .edit(let record, let edits): .edit(try name(record), try edits.map(edit))
        case .delete(let record, let seen): .delete(try name(record), seen: try seen.map(field))
        case .move(let record, let from, let to): .move(try name(record), from: from, to: to)
        case .see(let record, let stream): .see(try name(record), in: stream)
        }
    }

    /// The operations whose records this is about.
    var namedOperations: Set<UniqueID> {
        var named: Set<UniqueID> = []
        _ = naming { id in
            named.insert(id)
            return id
        }
        return named
    }
}

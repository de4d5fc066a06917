import AlmanacModel
import AlmanacReplica

/// A change of an operation as JSON that people can read.
struct ExportedChange {
    private let change: Change
    private let schema: Schema?

    init(_ change: Change, _ schema: Schema?) {
        self.change = change
        self.schema = schema
    }

    var json: JSONValue {
        switch change {
        case .make(let collection, let stream, let values):
            .object([
                JSONMember("change", .string("make")), name(collection),
                JSONMember("stream", stream.map { .string($0) } ?? .null),
                JSONMember("values", fields(values, collection)),
            ])
        case .edit(let record, let edits):
            .object(head("edit", record) + [JSONMember("fields", .object(edits.map { edit($0, record.collection) }))])
        case .delete(let record, let seen):
            .object(head("delete", record) + [JSONMember("seen", fields(seen, record.collection))])
        case .move(let record, let from, let to):
            .object(head("move", record) + [JSONMember("from", .string(from)), JSONMember("to", .string(to))])
        case .see(let record, let stream): .object(head("see", record) + [JSONMember("stream", .string(stream))])
        }
    }

    private func head(_ what: String, _ record: RecordName) -> [JSONMember] {
        let record: JSONMember =
            switch record {
            case .id(_, let id): JSONMember("record", .integer(id.rawValue))
            case .made(_, let operation, let index): JSONMember("record", made(operation, index))
            }
        return [JSONMember("change", .string(what)), name(self.change.collection), record]
    }

    private func name(_ collection: CollectionID) -> JSONMember {
        JSONMember("collection", .string(schema?.collection(collection)?.name.rawValue ?? collection.description))
    }

    private func fields(_ fields: [ProposedField], _ collection: CollectionID) -> JSONValue {
        .object(fields.map { JSONMember(name($0.field, collection), value($0.value)) })
    }

    private func edit(_ edit: FieldEdit, _ collection: CollectionID) -> JSONMember {
        let members: [JSONMember] =
            switch edit.kind {
            case .value(let base, let new): [JSONMember("base", value(base)), JSONMember("new", value(new))]
            case .elements(let added, let removed):
                [JSONMember("added", ExportedJSON.array(added)), JSONMember("removed", ExportedJSON.array(removed))]
            }
        return JSONMember(name(edit.field, collection), .object(members))
    }

    private func name(_ field: FieldID, _ collection: CollectionID) -> String {
        schema?.collection(collection)?.field(field)?.name.rawValue ?? field.description
    }

    private func value(_ value: ProposedValue?) -> JSONValue {
        switch value {
        case nil: .null
        case .value(let value): ExportedJSON.value(.value(value))
        case .made(let operation, let index): made(operation, index)
        }
    }

    private func made(_ operation: UniqueID, _ index: Int) -> JSONValue {
        .object([JSONMember("made_by", .string(operation)), JSONMember("change", .integer(Int64(index)))])
    }
}

extension Change {
    fileprivate var collection: CollectionID {
        switch self {
        case .make(let collection, _, _): collection
        case .edit(let name, _), .delete(let name, _), .move(let name, _, _), .see(let name, _): name.collection
        }
    }
}

import AlmanacModel
import AlmanacWire

extension Operation {
    var json: JSON {
        [
            "id": .string(id.description), "time": .string(time.description),
            "message": message.map { .string($0.string) } ?? .null,
            "changes": .array(changes.map(\.json)),
        ]
    }
}

extension Change {
    fileprivate var json: JSON {
        switch self {
        case .make(let collection, let stream, let values):
            [
                "make": [
                    "collection": .number(collection.rawValue), "stream": stream.map { .string($0.rawValue) } ?? .null,
                    "values": values.json,
                ]
            ]
        case .edit(let name, let edits):
            [
                "edit": [
                    "name": name.json,
                    "fields": .object(Dictionary(uniqueKeysWithValues: edits.map { ("\($0.field)", $0.json) })),
                ]
            ]
        case .delete(let name, let seen): ["delete": ["name": name.json, "seen": seen.json]]
        case .move(let name, let from, let to):
            ["move": ["name": name.json, "from": .string(from.rawValue), "to": .string(to.rawValue)]]
        case .see(let name, let stream): ["see": ["name": name.json, "stream": .string(stream.rawValue)]]
        }
    }
}

extension [ProposedField] {
    fileprivate var json: JSON {
        .object(Dictionary(uniqueKeysWithValues: map { ("\($0.field)", $0.value?.json ?? .null) }))
    }
}

extension RecordName {
    fileprivate var json: JSON {
        switch self {
        case .id(let collection, let record):
            ["collection": .number(collection.rawValue), "record_id": .number(record.rawValue)]
        case .made(let collection, let operation, let index):
            ["collection": .number(collection.rawValue), "made_by": .string(operation.description), "index": .number(index)]
        }
    }
}

extension ProposedValue {
    fileprivate var json: JSON {
        switch self {
        case .value(let value): value.json
        case .made(let operation, let index): ["made_by": .string(operation.description), "index": .number(index)]
        }
    }
}

extension FieldEdit {
    fileprivate var json: JSON {
        switch kind {
        case .value(let base, let new): ["base": base?.json ?? .null, "new": new?.json ?? .null]
        case .elements(let added, let removed):
            [
                "added": .array(added.elements.map { .string($0.string) }),
                "removed": .array(removed.elements.map { .string($0.string) }),
            ]
        }
    }
}

extension OperationSheet {
    var json: JSON {
        [
            "dataset": .string(dataset.description), "key": .string(Hex.encode(key)),
            "operations": .array(operations.map { .string(Hex.encode($0.bytes)) }),
        ]
    }
}

extension ReceiptSheet {
    var json: JSON {
        [
            "dataset": .string(dataset.description), "epoch": .number(epoch.rawValue), "delegation": .number(delegation),
            "receipts": .array(receipts.map(\.json)),
        ]
    }
}

extension Receipt {
    fileprivate var json: JSON {
        ["operation": .string(operation.description), "content": .string(content.description), "outcome": outcome.json]
    }
}

extension Receipt.Outcome {
    fileprivate var json: JSON {
        switch self {
        case .applied(let applied):
            [
                "sequence": .number(applied.sequence.rawValue), "made": .array(applied.made.map { .number($0.rawValue) }),
                "conflicts": .array(applied.conflicts.map { .number($0.rawValue) }),
            ]
        case .rejected(let rejection):
            ["reason": .number(rejection.reason.code), "sentence": .string(rejection.sentence.string)]
        }
    }
}

import AlmanacModel

/// One operation on its way: the records as its changes up to here leave them.
final class OperationApplication {
    let operation: Operation
    let author: OperationAuthor
    let ground: any OperationGround
    var effects = OperationEffects()
    private var touched: [Key] = []
    private var states: [Key: State] = [:]
    private var seen: [Key: StreamName] = [:]
    private var made: [Int: OperationEffects.Made] = [:]
    private var demands: [CollectionID: CollectionDemands] = [:]

    private struct Key: Hashable {
        let collection: CollectionID
        let id: RecordID
    }

    private struct State {
        let before: PlacedRecord?
        var after: PlacedRecord?
    }

    init(_ operation: Operation, by author: OperationAuthor, over ground: any OperationGround) {
        self.operation = operation
        self.author = author
        self.ground = ground
    }

    func apply(_ change: Change, at index: Int) throws {
        switch change {
        case .make(let collection, let stream, let values): try make(index, collection, in: stream, values)
        case .edit(let name, let edits): try edit(name, edits)
        case .delete(let name, let seen): try delete(name, seen: seen)
        case .move(let name, let from, let to): try move(name, from: from, to: to)
        case .see(let name, let stream): seen[Key(collection: name.collection, id: try id(of: name))] = stream
        }
    }

    /// The effects, a record that several changes touch once among them.
    func finish() throws -> OperationEffects {
        for key in touched {
            guard let state = states[key], state.before != state.after else { continue }
            if let after = state.after {
                effects.writes.append(.put(key.collection, key.id, after.record.values, in: after.stream))
            } else {
                effects.writes.append(.delete(key.collection, key.id))
            }
        }
        effects.summary = summary
        if !effects.changesDataset { effects.correctionBy = nil }
        return effects
    }

    // MARK: Records

    func record(_ collection: CollectionID, _ id: RecordID) throws -> PlacedRecord? {
        if let state = states[Key(collection: collection, id: id)] { return state.after }
        return try ground.record(collection, id)
    }

    /// Refuses a record that is too large.
    func put(_ collection: Collection, _ id: RecordID, _ values: [FieldValue], in stream: StreamName) throws {
        let before = try record(collection.id, id)
        let sequence = before?.record.sequence ?? .zero
        guard let record = Record(collection: collection.id, id: id, sequence: sequence, values: values) else {
            throw OperationRejection(.invalid, "a field of \(Words.name(collection)) stands twice")
        }
        guard ground.fits(collection.id, id, values) else {
            throw OperationRejection(.invalid, "a record of \(Words.name(collection)) would be too large: make its texts shorter")
        }
        note(Key(collection: collection.id, id: id), before, PlacedRecord(record, in: stream))
    }

    func remove(_ placed: PlacedRecord) {
        note(Key(collection: placed.record.collection, id: placed.record.id), placed, nil)
    }

    /// The stream in which the author saw the record, where it is another than the one in which it is by now.
    func streamSeen(of placed: PlacedRecord) -> StreamName? {
        let stream = seen[Key(collection: placed.record.collection, id: placed.record.id)]
        return stream == placed.stream ? nil : stream
    }

    private func note(_ key: Key, _ before: PlacedRecord?, _ after: PlacedRecord?) {
        if states[key] == nil {
            touched.append(key)
            states[key] = State(before: before, after: after)
        } else {
            states[key]?.after = after
        }
    }

    /// The records that hold this value, this operation's changes considered.
    func holders(of value: Value, in field: FieldID, _ collection: CollectionID) throws -> [RecordID] {
        let stored = try ground.records(collection, where: field, is: value).filter { id in
            try record(collection, id)?.record[field] == value
        }
        let new = touched.filter { key in
            key.collection == collection && states[key]?.after?.record[field] == value && !stored.contains(key.id)
        }
        return stored + new.map(\.id)
    }

    func noteMade(_ index: Int, _ collection: CollectionID, _ id: RecordID) {
        let new = OperationEffects.Made(index: index, collection: collection, record: id)
        made[index] = new
        effects.made.append(new)
    }

    // MARK: Names

    func id(of name: RecordName) throws -> RecordID {
        switch name {
        case .id(_, let id): return id
        case .made(let collection, let operation, let index):
            guard let id = try id(madeBy: operation, index, in: collection) else { throw OperationRejection.targetUnknown }
            return id
        }
    }

    func id(madeBy operation: UniqueID, _ index: Int, in collection: CollectionID) throws -> RecordID? {
        guard operation == self.operation.id else {
            return try ground.made(collection, by: operation, index: index)
        }
        return made[index].flatMap { $0.collection == collection ? $0.record : nil }
    }

    func collection(_ id: CollectionID) throws -> Collection {
        guard let collection = ground.schema.collection(id) else {
            throw OperationRejection(.invalid, "there is no collection \(id) in this dataset: sync first")
        }
        return collection
    }

    func field(_ id: FieldID, of collection: Collection) throws -> Field {
        guard let field = collection.field(id) else {
            throw OperationRejection(
                .invalid, "\(Words.name(collection)) has no field \(id): sync first, or install a newer program")
        }
        return field
    }

    func demands(of collection: Collection) throws -> CollectionDemands {
        if let known = demands[collection.id] { return known }
        let demands = try ground.demands(of: collection)
        self.demands[collection.id] = demands
        return demands
    }

    private var summary: String {
        let counts = Dictionary(grouping: operation.changes, by: \.deed).mapValues(\.count)
        return Change.deeds.compactMap { deed in counts[deed].map { "\($0) \($0 == 1 ? "record" : "records") \(deed)" } }
            .joined(separator: ", ")
    }
}

extension Change {
    fileprivate static let deeds = ["made", "changed", "deleted", "moved"]

    fileprivate var deed: String {
        switch self {
        case .make: "made"
        case .edit: "changed"
        case .delete: "deleted"
        case .move: "moved"
        case .see: "seen"
        }
    }
}

import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// What the user of this device has: the replica with what waits in the outbox on top, of one state of both.
///
/// Lives as long as the body that gets it. What waits is carried out when something is asked that it can change.
public final class WorkingCopy: WorkingRecords {
    public let snapshot: ReplicaSnapshot
    private let outbox: Outbox?
    private let work: PendingWork

    private init(_ snapshot: ReplicaSnapshot, _ outbox: Outbox?, _ settings: ContextSettings) throws {
        self.snapshot = snapshot
        self.outbox = outbox
        // After the snapshot: a receipt that came in between is of a state above it, and a record that it has made is not seen twice.
        _ = snapshot.state
        try outbox?.hold()
        work = PendingWork(snapshot, outbox, settings)
    }

    /// Reads both without a lock; a sync may be under way.
    public static func read<Result>(_ context: Context, _ body: (WorkingCopy) throws -> Result) throws -> Result {
        try ReplicaSnapshot.read(path: context.replicaPath()) { snapshot in
            let outbox = try context.readOutbox()
            defer { try? outbox?.close() }
            return try body(WorkingCopy(snapshot, outbox, context.storedSettings()))
        }
    }

    /// What the replica does not show yet, in order.
    public func pending() throws -> [OutboxEntry] { try outbox?.pending(at: cursor) ?? [] }

    public var schema: Schema { snapshot.schema }

    /// Where the replica stands.
    public var cursor: Cursor { snapshot.state.cursor }

    // MARK: Records

    public func record(_ name: RecordName) throws -> WorkingRecord? {
        switch name {
        case .id(let collection, let id): try record(collection, id)
        case .made(let collection, let operation, let index):
            try work.ground(for: collection).made(collection, by: operation, index: index).flatMap { try record(collection, $0) }
        }
    }

    public func records(of collection: CollectionID) throws -> [WorkingRecord] {
        let ground = try work.ground(for: collection)
        let changed = ground.states[collection] ?? [:]
        var found: [WorkingRecord] = []
        try snapshot.forEachRecord(of: collection) { record, stream in
            if let state = changed[record.id] {
                if let state { found.append(working(state, ground, isPending: true)) }
            } else {
                found.append(working(PlacedRecord(record, in: stream), ground, isPending: false))
            }
        }
        let new = try changed.compactMap { id, state in
            try state.flatMap { try snapshot.record(collection, id) == nil ? $0 : nil }
        }
        // Ids that the authority has given ascend; the provisional ones count down.
        let order = new.sorted { Self.place($0.record.id) < Self.place($1.record.id) }
        return found + order.map { working($0, ground, isPending: true) }
    }

    public func record(_ collection: CollectionID, key: Text) throws -> WorkingRecord? {
        guard let field = schema.collection(collection)?.key else { return nil }
        return try work.ground(for: collection).records(collection, where: field, is: .text(key)).first
            .flatMap { try record(collection, $0) }
    }

    /// Those whose field has this value, by id and then as they were made: fast for keys, references and UUIDs.
    public func records(of collection: CollectionID, where field: FieldID, is value: Value) throws -> [WorkingRecord] {
        try work.ground(for: collection).records(collection, where: field, is: value).sorted { Self.place($0) < Self.place($1) }
            .compactMap { try record(collection, $0) }
    }

    private static func place(_ id: RecordID) -> (Int, Int64) {
        ProvisionalIDs.contains(id) ? (1, -id.rawValue) : (0, id.rawValue)
    }

    private func record(_ collection: CollectionID, _ id: RecordID) throws -> WorkingRecord? {
        let ground = try work.ground(for: collection)
        let isPending = ground.states[collection]?[id] != nil
        return try ground.record(collection, id).map { working($0, ground, isPending: isPending) }
    }

    private func working(_ placed: PlacedRecord, _ ground: WorkingGround, isPending: Bool) -> WorkingRecord {
        let record = placed.record
        let described = schema.collection(record.collection)
        return WorkingRecord(
            name: ground.ids.name(record.collection, record.id), stream: placed.stream, sequence: record.sequence,
            values: record.values.map { ProposedField($0.field, proposed($0, described, record, ground)) }, isPending: isPending)
    }

    private func proposed(
        _ value: FieldValue, _ collection: Collection?, _ record: AlmanacModel.Record, _ ground: WorkingGround
    ) -> ProposedValue {
        guard let (target, id) = value.provisional(in: collection, record),
            case .made(_, let operation, let index) = ground.ids.name(target, id)
        else { return .value(value.value) }
        return .made(by: operation, index: index)
    }

    // MARK: In SQL

    /// What SQL is to see on top of the replica.
    public func overlay() throws -> ReplicaOverlay {
        var overlay = ReplicaOverlay(on: cursor)
        for (collection, states) in try work.whole().states {
            guard let described = schema.collection(collection) else { continue }
            for (id, state) in states {
                if !ProvisionalIDs.contains(id) { overlay.hide(collection, id) }
                if let state { overlay.add(row(state, described), to: collection) }
            }
        }
        return overlay
    }

    private func row(_ placed: PlacedRecord, _ collection: Collection) -> ReplicaOverlay.Row {
        let record = placed.record
        let values = record.values.map { value -> (FieldID, RawQuery.Cell) in
            if let (_, id) = value.provisional(in: collection, record) { return (value.field, .integer(ProvisionalIDs.row(id))) }
            return (value.field, ReplicaOverlay.cell(value.value))
        }
        return ReplicaOverlay.Row(
            id: ProvisionalIDs.row(record.id), stream: placed.stream, sequence: record.sequence,
            values: Dictionary(values) { first, _ in first })
    }
}

extension FieldValue {
    /// The record without id that this refers to.
    fileprivate func provisional(
        in collection: Collection?, _ record: AlmanacModel.Record
    ) -> (CollectionID, RecordID)? {
        switch value {
        case .reference(let id) where ProvisionalIDs.contains(id):
            return collection?.field(field)?.type.referencedCollection.map { ($0, id) }
        case .integer(let number)
        where record.collection == AnnotationSchema.collection && field == AnnotationSchema.targetRecord:
            guard let id = RecordID(number), ProvisionalIDs.contains(id),
                case .integer(let target)? = record[AnnotationSchema.targetCollection],
                let target = UInt64(exactly: target).flatMap(CollectionID.init)
            else { return nil }
            return (target, id)
        default: return nil
        }
    }
}

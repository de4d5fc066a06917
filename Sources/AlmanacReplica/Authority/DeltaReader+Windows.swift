import AlmanacModel
import AlmanacWire
import NIOCore

extension DeltaReader {
    /// Reads `reference` to its end before any other stream, so that no record arrives before the schema that explains it.
    func readWindows(_ request: inout DeltaRequest) throws -> (windows: [EncodedWindow], isComplete: Bool) {
        var windows: [EncodedWindow] = []
        var budget = limits.stepBytes.rawValue
        let isReference = { [streams = request.streams] in streams[$0].stream == .reference }
        let order = request.streams.indices.filter(isReference) + request.streams.indices.filter { !isReference($0) }
        for index in order {
            while true {
                let (read, isRest) = try readWindow(request.streams[index])
                for window in read {
                    windows.append(window)
                    budget -= window.payload.readableBytes
                    request.streams[index] = request.streams[index].advanced(to: window.end)
                }
                if budget <= 0, !(isRest && index == order.last) { return (windows, false) }
                if isRest { break }
            }
        }
        return (windows, true)
    }

    private func readWindow(_ base: StreamBase) throws -> (windows: [EncodedWindow], isRest: Bool) {
        guard let stream = try streams.stream(base.stream) else { return ([], true) }
        var changes: [RecordChange] = []
        var bytes = 0
        var isRest = true
        try entries.scan(stream.key, after: base.position) { entry in
            guard bytes < limits.windowBytes.rawValue, changes.count < limits.windowEntries else {
                isRest = false
                return false
            }
            let change = try change(entry, after: base.base, in: stream)
            bytes += change.estimatedByteCount
            changes.append(change)
            return true
        }
        guard !changes.isEmpty else { return ([], isRest) }
        return (try WindowEncoder.encode(stream: base.stream, base: base.base, head: head.sequence, changes: changes), isRest)
    }

    private func change(_ entry: EntryTable.Entry, after base: Sequence, in stream: StreamState) throws -> RecordChange {
        if entry.isTombstone {
            return .tombstone(Tombstone(collection: entry.collection, id: entry.id, sequence: entry.sequence))
        }
        guard let stored = try tables.table(entry.collection).record(entry.id), let history = stored.history,
            stored.stream == stream.key, stored.record.sequence == entry.sequence
        else {
            throw ReplicaError.damaged(
                "the order of stream \(stream.name) names record \(entry.id) of collection \(entry.collection)")
        }
        guard history.born <= base else { return .whole(stored.record) }
        let fields = history.changedSinceBorn.fields(after: base).map { PatchedField($0, stored.record[$0]) }
        guard let patch = RecordPatch(collection: entry.collection, id: entry.id, sequence: entry.sequence, fields: fields) else {
            throw ReplicaError.damaged("the history of record \(entry.id) of collection \(entry.collection)")
        }
        return .patch(patch)
    }
}

extension RecordChange {
    /// Roughly what the change weighs before it is compressed: enough to bound a window.
    fileprivate var estimatedByteCount: Int {
        switch self {
        case .whole(let record): record.values.reduce(8) { $0 + $1.value.estimatedByteCount }
        case .patch(let patch): patch.fields.reduce(8) { $0 + ($1.value?.estimatedByteCount ?? 1) }
        case .tombstone: 8
        }
    }
}

extension Value {
    fileprivate var estimatedByteCount: Int {
        switch self {
        case .boolean: 1
        case .integer, .decimal, .date, .instant, .reference: 5
        case .uuid: 16
        case .text(let text): text.utf8.count + 1
        case .bytes(let bytes): bytes.count + 1
        case .textSet(let set): set.elements.reduce(1) { $0 + $1.utf8.count + 1 }
        case .unknown(let value): value.bytes.count + 1
        }
    }
}

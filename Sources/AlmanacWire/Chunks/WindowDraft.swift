import AlmanacModel
import NIOCore

/// Tries to make one window.
struct WindowDraft {
    let stream: StreamName
    let base: AlmanacModel.Sequence
    let head: AlmanacModel.Sequence
    let deflater: Deflater?

    /// Nil where the window would be above a cap.
    func encode(_ changes: ArraySlice<RecordChange>) -> EncodedWindow? {
        guard let end = changes.last?.position, let header = try? WindowHeader(stream: stream, base: base, head: head, end: end)
        else { return nil }
        let chunks = group(changes)
        guard chunks.count <= Caps.chunksOfWindow else { return nil }
        var writer = WireWriter()
        header.write(to: &writer)
        writer.count(chunks.count)
        var output = writer.bytes
        var rawByteCount = 0
        for chunk in chunks {
            let body = chunk.body()
            guard body.count <= Caps.chunkBody else { return nil }
            rawByteCount += body.count
            chunk.append(body, with: deflater, to: &output)
            guard output.count <= Caps.windowPayload else { return nil }
        }
        return EncodedWindow(
            header: header, changeCount: changes.count, rawByteCount: rawByteCount, payload: ByteBuffer(bytes: output))
    }

    /// In the order in which they begin.
    private func group(_ changes: ArraySlice<RecordChange>) -> [ChunkBuilder] {
        var chunks: [ChunkBuilder] = []
        var chunksOfGroup: [ChunkGroup: [ChunkBuilder]] = [:]
        var last: ChunkBuilder?
        for change in changes {
            if let last, last.append(change) { continue }
            let group = ChunkGroup(change)
            if let chunk = chunksOfGroup[group]?.first(where: { $0.append(change) }) {
                last = chunk
                continue
            }
            let chunk = ChunkBuilder(kind: group.kind, collection: group.collection, base: base)
            _ = chunk.append(change)
            chunks.append(chunk)
            chunksOfGroup[group, default: []].append(chunk)
            last = chunk
        }
        return chunks
    }
}

/// Changes of one group share a chunk, unless a field has two types.
private struct ChunkGroup: Hashable {
    let kind: ChunkKind
    let collection: CollectionID
    let fields: [FieldID]

    init(_ change: RecordChange) {
        collection = change.collection
        switch change {
        case .whole: (kind, fields) = (.whole, [])
        case .patch(let patch): (kind, fields) = (.patches, patch.fields.map(\.field))
        case .tombstone: (kind, fields) = (.tombstones, [])
        }
    }
}

import AlmanacModel

/// Reads the chunks of one window.
struct ChunkReader {
    let header: WindowHeader
    let inflater: Inflater
    private(set) var changes: [RecordChange] = []
    private var budget = ExpansionBudget()
    /// The record ids of each chunk, to find one that stands in the window twice.
    private var idsOfCollection: [CollectionID: [[Int64]]] = [:]

    init(header: WindowHeader, inflater: Inflater) {
        self.header = header
        self.inflater = inflater
    }

    mutating func read(from reader: inout WireReader) throws(WireError) {
        let code = try reader.u8("kind of a chunk")
        guard let kind = ChunkKind(rawValue: code) else { throw .unknownCode("kind of a chunk", code: UInt64(code)) }
        let collection = try reader.collectionID("collection of a chunk")
        let rows = try reader.count("rows of a chunk", cap: Caps.rowsOfChunk)
        guard rows >= 1 else { throw .outOfRange("rows of a chunk") }
        guard rows <= Caps.rowsOfWindow - changes.count else { throw .tooLarge("rows of a window", cap: Caps.rowsOfWindow) }
        var body = try body(from: &reader)
        let keys = try ChunkKeys(from: &body, collection: collection, rows: rows, header: header)
        let columns = try columns(from: &body, rows: rows)
        try body.finish("body of a chunk")
        try append(kind, keys, columns)
        idsOfCollection[collection, default: []].append(keys.ids)
    }

    private func body(from reader: inout WireReader) throws(WireError) -> WireReader {
        let size = try reader.count("size of a chunk", cap: Caps.chunkBody)
        let code = try reader.u8("method of a chunk")
        switch ChunkMethod(rawValue: code) {
        case .stored:
            let body = try reader.slicedBytes("data of a chunk", cap: Caps.windowPayload)
            guard body.remaining == size else { throw .inconsistent("size of a chunk") }
            return body
        case .deflate:
            let data = try reader.bytes("data of a chunk", cap: Caps.windowPayload)
            return WireReader(try inflater.inflate(data, byteCount: size))
        case .none: throw .unknownCode("method of a chunk", code: UInt64(code))
        }
    }

    private mutating func columns(from body: inout WireReader, rows: Int) throws(WireError) -> [Column] {
        let count = try body.count("columns of a chunk", cap: Int(FieldID.maximum))
        var columns: [Column] = []
        for _ in 0..<count {
            let column = try Column(from: &body, rows: rows, budget: &budget)
            if let last = columns.last, last.field >= column.field { throw .notAscending("columns of a chunk") }
            columns.append(column)
        }
        return columns
    }

    private mutating func append(_ kind: ChunkKind, _ keys: ChunkKeys, _ columns: [Column]) throws(WireError) {
        switch kind {
        case .whole:
            try ChunkRows.appendRecords(keys, columns, to: &changes)
        case .patches:
            try budget.spend(values: keys.ids.count * columns.count)
            try ChunkRows.appendPatches(keys, columns, to: &changes)
        case .tombstones:
            guard columns.isEmpty else { throw .inconsistent("columns of tombstones") }
            try ChunkRows.appendTombstones(keys, to: &changes)
        }
    }

    func requireDistinctRecords() throws(WireError) {
        for lists in idsOfCollection.values {
            if lists.count == 1, let ids = lists.first, Self.isAscending(ids) { continue }
            guard Self.isAscending(lists.joined().sorted()) else { throw .repeated("record in a window") }
        }
    }

    private static func isAscending(_ ids: [Int64]) -> Bool {
        for index in ids.indices.dropFirst() where ids[index - 1] >= ids[index] { return false }
        return true
    }
}

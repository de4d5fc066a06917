import AlmanacModel

/// Which records the rows of a chunk are about.
struct ChunkKeys {
    let collection: CollectionID
    /// From 1.
    let ids: [Int64]
    /// After the base of the window, not after its end.
    let sequences: [Int64]

    init(
        from body: inout WireReader, collection: CollectionID, rows: Int, header: WindowHeader
    ) throws(WireError) {
        self.collection = collection
        guard rows <= body.remaining else { throw .truncated("record ids of a chunk") }
        ids = try body.differences(rows, from: 0, "record ids of a chunk")
        sequences = try body.differences(rows, from: Int64(clamping: header.base.rawValue), "sequences of a chunk")
        try checkIDs()
        try checkPlaces(header)
    }

    private func checkIDs() throws(WireError) {
        for id in ids where id < 1 { throw .outOfRange("record id") }
    }

    private func checkPlaces(_ header: WindowHeader) throws(WireError) {
        let (base, end) = (Int64(clamping: header.base.rawValue), Int64(clamping: header.end.sequence.rawValue))
        for (row, sequence) in sequences.enumerated() {
            guard sequence > base, sequence <= end else { throw .outOfRange("sequence of a change") }
            guard sequence < end || (collection.rawValue, ids[row]) <= (header.end.collection, header.end.record) else {
                throw .outOfRange("end of a window")
            }
        }
    }
}

extension WireReader {
    /// Numbers that are written as the difference to the one before; at least one byte each, which the caller has checked.
    mutating func differences(_ count: Int, from first: Int64, _ what: StaticString) throws(WireError) -> [Int64] {
        guard count <= remaining else { throw .truncated(what) }
        var numbers: [Int64] = []
        numbers.reserveCapacity(count)
        var last = first
        for _ in 0..<count {
            let (next, overflow) = last.addingReportingOverflow(try zigzag(what))
            guard !overflow else { throw .outOfRange(what) }
            numbers.append(next)
            last = next
        }
        return numbers
    }
}

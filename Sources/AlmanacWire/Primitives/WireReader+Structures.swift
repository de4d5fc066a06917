import AlmanacModel

extension WireReader {
    /// Whether an optional is there: `00` or `01`.
    public mutating func isPresent(_ what: StaticString) throws(WireError) -> Bool {
        switch try u8(what) {
        case 0: false
        case 1: true
        case let code: throw .unknownCode(what, code: UInt64(code))
        }
    }

    public mutating func optional<Content>(
        _ what: StaticString, _ read: (inout WireReader) throws(WireError) -> Content
    ) throws(WireError) -> Content? {
        try isPresent(what) ? try read(&self) : nil
    }

    /// At most `cap` elements, each of at least one byte.
    public mutating func list<Element>(
        _ what: StaticString, cap: Int = .max, _ read: (inout WireReader) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        let count = try count(what, cap: cap)
        guard count <= remaining else { throw .truncated(what) }
        var elements: [Element] = []
        elements.reserveCapacity(min(count, Self.reservedElements))
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    /// An element can take many times the byte that it needs at least: room for more is made as they come.
    private static let reservedElements = 1_024

    /// Milliseconds since 1970, until the end of the year 9999.
    public mutating func instant(_ what: StaticString) throws(WireError) -> Instant {
        guard let instant = Instant(milliseconds: Int64(try storable(what))) else { throw .outOfRange(what) }
        return instant
    }

    public mutating func epoch(_ what: StaticString) throws(WireError) -> Epoch { Epoch(try storable(what)) }

    public mutating func sequence(_ what: StaticString) throws(WireError) -> AlmanacModel.Sequence {
        AlmanacModel.Sequence(try storable(what))
    }

    public mutating func position(_ what: StaticString) throws(WireError) -> Position {
        let (sequence, collection, record) = (try varint(what), try varint(what), try varint(what))
        guard let position = Position(sequence: sequence, collection: collection, record: record) else {
            throw .outOfRange(what)
        }
        return position
    }

    public mutating func streamName(_ what: StaticString) throws(WireError) -> StreamName {
        guard let name = StreamName(try text(what, cap: StreamName.maximumByteCount).string) else { throw .outOfRange(what) }
        return name
    }

    public mutating func collectionID(_ what: StaticString) throws(WireError) -> CollectionID {
        guard let id = CollectionID(try varint(what)) else { throw .outOfRange(what) }
        return id
    }

    public mutating func fieldID(_ what: StaticString) throws(WireError) -> FieldID {
        guard let id = FieldID(try varint(what)) else { throw .outOfRange(what) }
        return id
    }

    public mutating func recordID(_ what: StaticString) throws(WireError) -> RecordID {
        guard let id = RecordID(Int64(try storable(what))) else { throw .outOfRange(what) }
        return id
    }
}

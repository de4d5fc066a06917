import AlmanacModel

/// How much remains to be sent.
public struct Outline: MessagePayload {
    static let type = MessageType.outline

    public let head: AlmanacModel.Sequence
    /// All streams of the pull, by name; at most 256.
    public let entries: [OutlineEntry]
    public let extensions: Extensions

    public init(head: AlmanacModel.Sequence, entries: [OutlineEntry], extensions: Extensions = .none) throws(WireError) {
        guard head <= .max else { throw .outOfRange("head of an outline") }
        guard entries.count <= Caps.streamsOfPull else { throw .tooLarge("streams of an outline", cap: Caps.streamsOfPull) }
        for (entry, next) in zip(entries, entries.dropFirst()) where entry.stream >= next.stream {
            throw .notAscending("streams of an outline")
        }
        guard entries.allSatisfy({ $0.remaining <= Caps.announcedEntries }) else {
            throw .tooLarge("announced entries of a stream", cap: Int(Caps.announcedEntries))
        }
        self.head = head
        self.entries = entries
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        writer.sequence(head)
        writer.list(entries) { writer, entry in
            writer.string(entry.stream.rawValue)
            writer.varint(entry.remaining)
        }
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            head: try reader.sequence("head of an outline"),
            entries: try reader.list("streams of an outline", cap: Caps.streamsOfPull) { reader throws(WireError) in
                OutlineEntry(
                    stream: try reader.streamName("name of a stream"),
                    remaining: UInt64(try reader.count("announced entries of a stream", cap: Int(Caps.announcedEntries))))
            },
            extensions: try Extensions(from: &reader))
    }
}

/// How much of one stream remains.
public struct OutlineEntry: Hashable, Sendable {
    public let stream: StreamName
    /// Records and tombstones; at most 2^40.
    public let remaining: UInt64

    public init(stream: StreamName, remaining: UInt64) {
        self.stream = stream
        self.remaining = remaining
    }
}

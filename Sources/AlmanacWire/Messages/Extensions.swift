/// What a later version added to the end of a structure: kept as it came, so that the structure has one encoding.
public struct Extensions: Hashable, Sendable {
    /// By id, strictly ascending.
    public let entries: [Extension]

    public static let none = Extensions()

    private init() { entries = [] }

    init(only entry: Extension) { entries = [entry] }

    /// Refuses ids that do not ascend strictly.
    public init(_ entries: [Extension]) throws(WireError) {
        for (entry, next) in zip(entries, entries.dropFirst()) where entry.id >= next.id { throw .notAscending("extensions") }
        self.entries = entries
    }

    func content(of id: UInt64) -> [UInt8]? { entries.first { $0.id == id }?.content }

    func write(to writer: inout WireWriter) {
        for entry in entries {
            writer.varint(entry.id)
            writer.bytes(entry.content)
        }
    }

    /// Everything that remains.
    init(from reader: inout WireReader) throws(WireError) {
        var entries: [Extension] = []
        while reader.remaining > 0 {
            entries.append(Extension(id: try reader.varint("extension"), content: try reader.bytes("extension")))
        }
        try self.init(entries)
    }
}

/// One addition to a structure.
public struct Extension: Hashable, Sendable {
    public let id: UInt64
    public let content: [UInt8]

    public init(id: UInt64, content: [UInt8]) {
        self.id = id
        self.content = content
    }
}

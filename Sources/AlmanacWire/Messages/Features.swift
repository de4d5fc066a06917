/// The optional parts of the protocol that a side speaks. Version 1 defines none.
public struct Features: Hashable, Sendable {
    /// Strictly ascending.
    public let ids: [UInt64]

    public static let none = Features([])

    /// Sorts, and drops repetitions.
    public init(_ ids: Set<UInt64>) { self.ids = ids.sorted() }

    /// Those that both sides name.
    public func common(with other: Features) -> Features { Features(Set(ids).intersection(other.ids)) }

    func write(to writer: inout WireWriter) { writer.list(ids) { $0.varint($1) } }

    init(from reader: inout WireReader) throws(WireError) {
        ids = try reader.list("features") { reader throws(WireError) in try reader.varint("feature") }
        for (id, next) in zip(ids, ids.dropFirst()) where id >= next { throw .notAscending("features") }
    }
}

/// What the rows of a chunk are. The raw value is the code on the wire.
enum ChunkKind: UInt8, Hashable, Sendable, CaseIterable {
    case whole = 1
    case patches = 2
    case tombstones = 3
}

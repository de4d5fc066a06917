/// How the body of a chunk is packed. The raw value is the code on the wire.
enum ChunkMethod: UInt8, Hashable, Sendable, CaseIterable {
    case stored = 0
    case deflate = 1
}

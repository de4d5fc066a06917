import AlmanacModel
import NIOCore

/// A window as it was decoded: section 12 of the specification.
public struct Window: Hashable, Sendable {
    public let header: WindowHeader
    /// As the chunks bring them. No record stands here twice; every change is after the base and not after ``end``.
    public let changes: [RecordChange]

    public var stream: StreamName { header.stream }
    public var base: AlmanacModel.Sequence { header.base }
    public var head: AlmanacModel.Sequence { header.head }
    /// The position after this window.
    public var end: Position { header.end }

    /// Checks everything that can be checked without a replica.
    public static func decode(payload: ByteBuffer) throws(WireError) -> Window {
        guard payload.readableBytes <= Caps.windowPayload else { throw .tooLarge("window", cap: Caps.windowPayload) }
        var reader = WireReader(payload)
        let header = try WindowHeader(from: &reader)
        var chunks = ChunkReader(header: header, inflater: try Inflater())
        let count = try reader.count("chunks of a window", cap: Caps.chunksOfWindow)
        guard count >= 1 else { throw .outOfRange("chunks of a window") }
        for _ in 0..<count { try chunks.read(from: &reader) }
        try reader.finish("window")
        try chunks.requireDistinctRecords()
        return Window(header: header, changes: chunks.changes)
    }
}

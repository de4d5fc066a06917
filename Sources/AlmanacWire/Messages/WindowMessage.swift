import NIOCore

/// A window as it travels: its header is read, the rest is left as bytes, for a spool or for ``decode()``.
public struct WindowMessage: MessagePayload {
    static let type = MessageType.window

    public let header: WindowHeader
    /// The whole payload, at most 262,144 bytes.
    public let payload: ByteBuffer

    /// Reads the header.
    public init(payload: ByteBuffer) throws(WireError) {
        guard payload.readableBytes <= Caps.windowPayload else { throw .tooLarge("window", cap: Caps.windowPayload) }
        var reader = WireReader(payload.prefix(WindowHeader.maximumByteCount))
        header = try WindowHeader(from: &reader)
        self.payload = payload
    }

    /// What ``WindowEncoder`` made.
    public init(_ window: EncodedWindow) {
        header = window.header
        payload = window.payload
    }

    /// Checks and reads everything.
    public func decode() throws(WireError) -> Window { try Window.decode(payload: payload) }

    func write(to writer: inout WireWriter) { writer.fixed(payload.readableBytesView) }

    init(from reader: inout WireReader) throws(WireError) { try self.init(payload: ByteBuffer(bytes: reader.rest())) }
}

extension ByteBuffer {
    fileprivate func prefix(_ count: Int) -> ByteBuffer {
        getSlice(at: readerIndex, length: min(count, readableBytes)) ?? ByteBuffer()
    }
}

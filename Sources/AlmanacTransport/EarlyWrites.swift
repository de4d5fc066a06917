import NIOCore

/// What was written before the handshake was complete, in order.
struct EarlyWrites {
    private(set) var writes: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private var byteCount = 0
    /// Whether something was flushed: then everything goes out as soon as it can.
    var isFlushed = false

    /// False, and nothing kept, if `limit` bytes would be exceeded.
    mutating func append(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?, limit: Int) -> Bool {
        guard bytes.readableBytes <= limit - byteCount else { return false }
        byteCount += bytes.readableBytes
        writes.append((bytes, promise))
        return true
    }

    func fail(_ error: any Error) {
        for write in writes { write.promise?.fail(error) }
    }
}

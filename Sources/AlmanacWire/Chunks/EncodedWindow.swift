import AlmanacModel
import NIOCore

/// A window that is ready to be sent.
public struct EncodedWindow: Hashable, Sendable {
    public let header: WindowHeader
    public let changeCount: Int
    /// Of the bodies of all chunks before they were deflated.
    public let rawByteCount: Int
    /// At most 262,144 bytes.
    public let payload: ByteBuffer

    /// The position after this window.
    public var end: Position { header.end }
}

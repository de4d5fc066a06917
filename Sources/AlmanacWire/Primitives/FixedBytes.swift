/// Bytes of which there are always the same number.
public protocol FixedBytes: Hashable, Sendable {
    static var byteCount: Int { get }
    var bytes: [UInt8] { get }
    /// Nil unless there are exactly ``byteCount`` bytes.
    init?(bytes: [UInt8])
}

/// The versions of the protocol that a side speaks: all from the lowest to the highest.
public struct ProtocolVersions: Hashable, Sendable {
    public let lowest: UInt64
    public let highest: UInt64

    /// What this program speaks.
    public static let current = ProtocolVersions(only: 1)

    private init(only version: UInt64) {
        lowest = version
        highest = version
    }

    /// Refuses a lowest version above the highest.
    public init(lowest: UInt64, highest: UInt64) throws(WireError) {
        guard lowest <= highest else { throw .outOfRange("range of versions") }
        self.lowest = lowest
        self.highest = highest
    }

    /// The highest version that both speak, or nil.
    public func highestCommon(with other: ProtocolVersions) -> UInt64? {
        let common = min(highest, other.highest)
        return common >= max(lowest, other.lowest) ? common : nil
    }

    func write(to writer: inout WireWriter) {
        writer.varint(lowest)
        writer.varint(highest)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(lowest: try reader.varint("lowest version"), highest: try reader.varint("highest version"))
    }
}

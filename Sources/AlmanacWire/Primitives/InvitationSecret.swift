/// What an invitation is worth one certificate for. Never printed.
public struct InvitationSecret: FixedBytes, CustomStringConvertible, CustomDebugStringConvertible {
    public static let byteCount = 16
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    public var description: String { "(secret)" }
    public var debugDescription: String { description }
}

import AlmanacWire

/// The head and some devices, as one moment had them.
public struct Standings: Sendable {
    public let head: HeadState
    /// Those that are enrolled, the revoked ones among them.
    public let devices: [Hash32: Device]

    public init(head: HeadState, devices: [Hash32: Device]) {
        self.head = head
        self.devices = devices
    }
}

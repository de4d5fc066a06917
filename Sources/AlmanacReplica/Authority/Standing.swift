import AlmanacModel

/// A person as the authority's books have them.
public struct PersonStanding: Hashable, Sendable {
    public let person: Person
    /// Devices that are enrolled and not revoked.
    public let devices: Int
    /// Invitations that nobody has redeemed and that have not expired.
    public let invitations: Int
}

/// A device as the authority's books have it.
public struct DeviceStanding: Hashable, Sendable {
    public let device: Device
    public let enrolled: Instant
    /// Nil while it may connect.
    public let revoked: Instant?
}

/// What a revocation has ended.
public struct Revocation: Hashable, Sendable {
    /// By name.
    public let devices: [DeviceStanding]
    /// How many unused invitations are worth nothing now.
    public let invitations: Int
}

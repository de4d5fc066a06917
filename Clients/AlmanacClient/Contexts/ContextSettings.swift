import AlmanacModel
import AlmanacWire
import Foundation

/// What an enrolment has agreed: the content of `context.json`.
public struct ContextSettings: Hashable, Sendable {
    public let address: ServerAddress
    /// The SHA-256 hash of the root's raw public key.
    public let pin: Hash32
    public let dataset: UniqueID
    /// The dataset's name, as the authority gave it.
    public let datasetName: String
    /// Whose device this is.
    public let person: String
    public private(set) var role: Role
    public let device: String
    /// The last moment of the certificate.
    public private(set) var until: Instant
    /// Tells the invitation that was used, so that it can be used again here.
    let invitation: Hash32
    /// The streams that are wanted here.
    public private(set) var subscription: Subscription
    /// When a server of the authority has said that this device is not enrolled any more; nil while it is.
    public private(set) var revoked: Instant?

    /// As it is stored: text, so that people can read it.
    private struct Stored: Codable {
        let host: String
        let port: Int
        let pin: String
        let dataset: String
        let name: String
        let person: String
        let role: String
        let device: String
        let until: String
        let invitation: String
        /// Not in files of the first programs: everything that may be read.
        let streams: [String]?
        /// Only of a device that was revoked.
        let revoked: String?
    }

    package func encoded() throws -> [UInt8] {
        let stored = Stored(
            host: address.host, port: address.port, pin: pin.description, dataset: dataset.description, name: datasetName,
            person: person, role: role.description, device: device, until: until.description, invitation: invitation.description,
            streams: subscription.patterns.map(\.description), revoked: revoked?.description)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try [UInt8](encoder.encode(stored)) + [UInt8(ascii: "\n")]
    }

    package static func decode(_ bytes: [UInt8], path: String) throws -> ContextSettings {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), let settings = ContextSettings(stored)
        else {
            throw ClientError.contextDamaged(path: path, "it is not what an enrolment writes")
        }
        return settings
    }

    private init?(_ stored: Stored) {
        guard let pin = Hex.decode(stored.pin).flatMap(Hash32.init(bytes:)), let dataset = UniqueID(stored.dataset),
            let role = Role.allCases.first(where: { $0.description == stored.role }), let until = Instant(stored.until),
            let invitation = Hex.decode(stored.invitation).flatMap(Hash32.init(bytes:)), (1...65_535).contains(stored.port)
        else { return nil }
        let patterns = stored.streams?.map { StreamPattern($0) } ?? [.all]
        let revoked = stored.revoked.flatMap { Instant($0) }
        guard !patterns.contains(nil), (stored.revoked == nil) == (revoked == nil) else { return nil }
        self.init(
            address: ServerAddress(host: stored.host, port: stored.port), pin: pin, dataset: dataset, datasetName: stored.name,
            person: stored.person, role: role, device: stored.device, until: until, invitation: invitation,
            subscription: Subscription(patterns.compactMap(\.self)), revoked: revoked)
    }

    init(
        address: ServerAddress, pin: Hash32, dataset: UniqueID, datasetName: String, person: String, role: Role, device: String,
        until: Instant, invitation: Hash32, subscription: Subscription = .all, revoked: Instant? = nil
    ) {
        self.address = address
        self.pin = pin
        self.dataset = dataset
        self.datasetName = datasetName
        self.person = person
        self.role = role
        self.device = device
        self.until = until
        self.invitation = invitation
        self.subscription = subscription
        self.revoked = revoked
    }

    func with(until end: Instant) -> ContextSettings { changed { $0.until = end } }

    func with(_ role: Role) -> ContextSettings { changed { $0.role = role } }

    func with(_ subscription: Subscription) -> ContextSettings { changed { $0.subscription = subscription } }

    func with(revoked: Instant?) -> ContextSettings { changed { $0.revoked = revoked } }

    private func changed(_ change: (inout ContextSettings) -> Void) -> ContextSettings {
        var copy = self
        change(&copy)
        return copy
    }
}

import AlmanacModel

/// The server's first frame.
public struct ServerHello: MessagePayload {
    static let type = MessageType.serverHello

    public let versions: ProtocolVersions
    /// At most 64 bytes: `almanacd/0.1.0`.
    public let software: Text
    public let features: Features
    public let dataset: UniqueID
    /// At most `Int64.max`.
    public let epoch: Epoch
    /// The dataset's, at most 128 bytes.
    public let name: Text
    public let access: Access
    public let extensions: Extensions

    public init(
        versions: ProtocolVersions = .current, software: Text, features: Features = .none, dataset: UniqueID, epoch: Epoch,
        name: Text, access: Access, extensions: Extensions = .none
    ) throws(WireError) {
        try requireLength(software, 0...Caps.software, "name of the software")
        try requireLength(name, 0...Caps.datasetName, "name of the dataset")
        guard epoch.rawValue <= UInt64(Int64.max) else { throw .outOfRange("epoch") }
        self.versions = versions
        self.software = software
        self.features = features
        self.dataset = dataset
        self.epoch = epoch
        self.name = name
        self.access = access
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        versions.write(to: &writer)
        writer.text(software)
        features.write(to: &writer)
        writer.fixed(dataset)
        writer.varint(epoch.rawValue)
        writer.text(name)
        access.write(to: &writer)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            versions: try ProtocolVersions(from: &reader),
            software: try reader.text("name of the software", cap: Caps.software),
            features: try Features(from: &reader), dataset: try reader.uniqueID("dataset"),
            epoch: try reader.epoch("epoch"), name: try reader.text("name of the dataset", cap: Caps.datasetName),
            access: try Access(from: &reader), extensions: try Extensions(from: &reader))
    }
}

extension ServerHello {
    /// What the connection's person may do, as the server has it now; nil where it does not say, or says a role of a later version.
    public var role: Role? {
        guard let content = extensions.content(of: Extension.role), content.count == 1 else { return nil }
        return content.first.flatMap(Role.init(rawValue:))
    }
}

extension Extension {
    /// Of `server_hello`.
    static let role: UInt64 = 1
}

extension Extensions {
    /// Of the hello to a device of a person with this role.
    public static func role(_ role: Role) -> Extensions { .init(only: Extension(id: Extension.role, content: [role.rawValue])) }
}

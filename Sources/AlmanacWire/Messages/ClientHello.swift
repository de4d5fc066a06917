import AlmanacModel

/// The client's first frame.
public struct ClientHello: MessagePayload {
    static let type = MessageType.clientHello

    public let versions: ProtocolVersions
    /// At most 64 bytes: `almanac/0.1.0`.
    public let software: Text
    public let features: Features
    /// The dataset that the client expects.
    public let dataset: UniqueID?
    /// The newest that the client has verified.
    public let checkpoint: Signed<Checkpoint>?
    public let extensions: Extensions

    public init(
        versions: ProtocolVersions = .current, software: Text, features: Features = .none, dataset: UniqueID? = nil,
        checkpoint: Signed<Checkpoint>? = nil, extensions: Extensions = .none
    ) throws(WireError) {
        try requireLength(software, 0...Caps.software, "name of the software")
        self.versions = versions
        self.software = software
        self.features = features
        self.dataset = dataset
        self.checkpoint = checkpoint
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        versions.write(to: &writer)
        writer.text(software)
        features.write(to: &writer)
        writer.optional(dataset) { $0.fixed($1) }
        writer.optional(checkpoint) { $1.write(to: &$0) }
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            versions: try ProtocolVersions(from: &reader),
            software: try reader.text("name of the software", cap: Caps.software),
            features: try Features(from: &reader),
            dataset: try reader.optional("dataset") { reader throws(WireError) in try reader.uniqueID("dataset") },
            checkpoint: try reader.optional("checkpoint") { reader throws(WireError) in try Signed(from: &reader) },
            extensions: try Extensions(from: &reader))
    }
}

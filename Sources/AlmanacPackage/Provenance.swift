import AlmanacModel

/// Where an exported package comes from, as properties of its descriptor. They speak of the export, not of the data: an import does
/// not keep them.
public struct Provenance: Hashable, Sendable {
    /// `almanac:dataset`
    public let dataset: UniqueID
    /// `almanac:datasetName`: what the exporting device calls the dataset.
    public let datasetName: String
    /// `almanac:epoch` and `almanac:sequence`: the head of which every row is.
    public let head: Cursor
    /// `almanac:signed`: the time of the authority's signature over that head.
    public let signed: Instant
    /// `almanac:verified`: when the digest of what was received was found to be the signed one.
    public let verified: Instant
    /// `almanac:scrubbed`: when every row was last read again and found right; nil if never.
    public let scrubbed: Instant?
    /// `almanac:software`: what wrote the package.
    public let software: String
    /// `almanac:streams`: what the exporting device may read; records of other streams are not in the package.
    public let streams: [StreamName]

    public init(
        dataset: UniqueID, datasetName: String, head: Cursor, signed: Instant, verified: Instant, scrubbed: Instant?,
        software: String, streams: [StreamName]
    ) {
        self.dataset = dataset
        self.datasetName = datasetName
        self.head = head
        self.signed = signed
        self.verified = verified
        self.scrubbed = scrubbed
        self.software = software
        self.streams = streams
    }

    static let properties: Set<String> = [
        "almanac:dataset", "almanac:datasetName", "almanac:epoch", "almanac:sequence", "almanac:signed", "almanac:verified",
        "almanac:scrubbed", "almanac:software", "almanac:streams",
    ]

    var members: [Text: JSON] {
        var members: [Text: JSON] = [
            "almanac:dataset": .text(Text(dataset.description)),
            "almanac:datasetName": .text(Text(datasetName)),
            "almanac:epoch": .number(String(head.epoch.rawValue)),
            "almanac:sequence": .number(String(head.sequence.rawValue)),
            "almanac:signed": .text(Text(signed.description)),
            "almanac:verified": .text(Text(verified.description)),
            "almanac:software": .text(Text(software)),
            "almanac:streams": .array(streams.map { .text(Text($0.rawValue)) }),
        ]
        if let scrubbed { members["almanac:scrubbed"] = .text(Text(scrubbed.description)) }
        return members
    }
}

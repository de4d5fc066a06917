import AlmanacModel

/// Asks for what is new in some streams.
public struct PullRequest: MessagePayload {
    static let type = MessageType.pull

    /// Of the bases, and of the windows received on them; zero only if nothing was received.
    public let epoch: Epoch
    /// Among the windows already received on these bases, or the highest base.
    public let highestHead: AlmanacModel.Sequence
    /// By name, strictly ascending; at most 256. No position lies before its base.
    public let streams: [StreamBase]
    /// Streams that match one of them and are not named are added with base zero; at most 64.
    public let patterns: [StreamPattern]
    public let extensions: Extensions

    /// A position before its base is taken for the base's.
    public init(
        epoch: Epoch, highestHead: AlmanacModel.Sequence, streams: [StreamBase], patterns: [StreamPattern] = [],
        extensions: Extensions = .none
    ) throws(WireError) {
        try Self.check(streams, under: highestHead)
        guard patterns.count <= Caps.patternsOfPull else { throw .tooLarge("patterns of a pull", cap: Caps.patternsOfPull) }
        guard epoch.rawValue <= UInt64(Int64.max) else { throw .outOfRange("epoch") }
        guard epoch.rawValue != 0 || streams.allSatisfy({ $0.base == .zero }) else {
            throw .inconsistent("epoch of a pull")
        }
        self.epoch = epoch
        self.highestHead = highestHead
        self.streams = streams.map {
            StreamBase(stream: $0.stream, base: $0.base, position: max($0.position, Position(after: $0.base)))
        }
        self.patterns = patterns
        self.extensions = extensions
        try requireFits()
    }

    private static func check(_ streams: [StreamBase], under head: AlmanacModel.Sequence) throws(WireError) {
        guard streams.count <= Caps.streamsOfPull else { throw .tooLarge("streams of a pull", cap: Caps.streamsOfPull) }
        for (stream, next) in zip(streams, streams.dropFirst()) where stream.stream >= next.stream {
            throw .notAscending("streams of a pull")
        }
        guard head <= .max, streams.allSatisfy({ $0.base <= head && $0.position.sequence <= head }) else {
            throw .outOfRange("highest head of a pull")
        }
    }

    /// Whether the server is asked to go on, after what there is, with what comes.
    public var isFollowing: Bool { extensions.entries.contains(.follow) }

    func write(to writer: inout WireWriter) {
        writer.varint(epoch.rawValue)
        writer.sequence(highestHead)
        writer.list(streams) { $1.write(to: &$0) }
        writer.list(patterns) { $0.string($1.description) }
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            epoch: try reader.epoch("epoch"), highestHead: try reader.sequence("highest head of a pull"),
            streams: try reader.list("streams of a pull", cap: Caps.streamsOfPull) { reader throws(WireError) in
                try StreamBase(from: &reader)
            },
            patterns: try reader.list("patterns of a pull", cap: Caps.patternsOfPull) { reader throws(WireError) in
                try StreamPattern(from: &reader)
            },
            extensions: try Extensions(from: &reader))
    }
}

extension StreamBase {
    fileprivate func write(to writer: inout WireWriter) {
        writer.string(stream.rawValue)
        writer.sequence(base)
        writer.optional(position > Position(after: base) ? position : nil) { $0.position($1) }
    }

    /// A position that says no more than the base is not written.
    fileprivate init(from reader: inout WireReader) throws(WireError) {
        let (stream, base) = (try reader.streamName("name of a stream"), try reader.sequence("base of a stream"))
        let position = try reader.optional("position") { reader throws(WireError) in try reader.position("position") }
        if let position, position <= Position(after: base) { throw .nonCanonical("position of a stream") }
        self.init(stream: stream, base: base, position: position ?? Position(after: base))
    }
}

extension StreamPattern {
    fileprivate init(from reader: inout WireReader) throws(WireError) {
        let text = try reader.text("pattern of streams", cap: StreamName.maximumByteCount + 2)
        guard let pattern = StreamPattern(text.string) else { throw .outOfRange("pattern of streams") }
        self = pattern
    }
}

extension Extension {
    /// Of a pull: its exchange stays open.
    public static let follow = Extension(id: 1, content: [])
}

extension Extensions {
    public static let following: Extensions = .init(only: .follow)
}

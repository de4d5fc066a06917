import AlmanacModel

/// Reads every row again and compares the digests of what is really there with what the authority signed.
public struct Scrub: Sendable {
    /// What was found.
    public struct Report: Hashable, Sendable {
        public let recordCount: Int64
        public let findings: [Finding]

        public var isRight: Bool { findings.isEmpty }
    }

    /// Something that is not as it was signed.
    public enum Finding: Hashable, Sendable {
        /// The records of a stream, or what is noted of it.
        case stream(StreamName)
        /// The file itself; the text is for people.
        case file(String)
    }
}

import AlmanacModel
import AlmanacReplica

/// Which changes of a replica are wanted.
public struct ChangesRequest: Sendable {
    public let since: Since
    /// The streams that count; nil for all.
    public let stream: StreamPattern?
    /// The names of the collections that count; all where none is named.
    public let collections: [String]

    /// After what.
    public enum Since: Hashable, Sendable {
        case position(FeedPosition)
        /// After the state in which the last sync that moved something has found the replica.
        case lastSync

        /// A position of the feed (`48211`, `r48211`, `48211.9f3a1c2b.12`) or `last-sync`; nil for anything else.
        public init?(_ text: String) {
            if text == "last-sync" {
                self = .lastSync
            } else if let position = FeedPosition(text) {
                self = .position(position)
            } else {
                return nil
            }
        }
    }

    public init(since: Since, stream: StreamPattern?, collections: [String]) {
        self.since = since
        self.stream = stream
        self.collections = collections
    }
}

import AlmanacModel

/// Who may read what at which head, as one moment had it.
public struct ReadingRights: Sendable {
    public let standings: Standings
    /// The streams that every reader may read.
    public let openStreams: [StreamPattern]
    /// Those that ever had a record, by name.
    public let streams: [StreamName]
    /// Those that the head's commit has changed.
    public let changedAtHead: Set<StreamName>
    public let teams: Teams

    public init(
        standings: Standings, openStreams: [StreamPattern], streams: [StreamName], changedAtHead: Set<StreamName>, teams: Teams
    ) {
        self.standings = standings
        self.openStreams = openStreams
        self.streams = streams
        self.changedAtHead = changedAtHead
        self.teams = teams
    }
}

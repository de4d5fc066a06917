import AlmanacModel

/// Who will see what somebody writes: named before it is saved, so that nothing gets into the wrong team.
public struct Audience: Hashable, Sendable {
    public let team: TeamName
    /// How many people belong to the team, as far as this device knows; nil where its roster is not here.
    public let count: Int?
    /// A stream of the dataset in which the target is and that not everybody may read: the authority refuses what somebody in the team
    /// could not follow.
    public let closedStream: StreamName?

    public init(team: TeamName, count: Int?, closedStream: StreamName? = nil) {
        self.team = team
        self.count = count
        self.closedStream = closedStream
    }

    /// `14 people of team apac`
    public var people: String {
        count.map { "\(Words.count($0, "person", "people")) of team \(team)" } ?? "the people of team \(team)"
    }

    /// `14 people of team apac will see it`
    public var sentence: String { "\(people) will see it" }

    /// What has to be known besides; nil where there is nothing.
    public var caveat: String? {
        closedStream.map {
            "what it is about is in \($0), which is not open to everybody: it is refused where somebody in the team may not read that"
        }
    }

    public var members: [JSONMember] {
        [
            JSONMember("team", .string(team)), JSONMember("people", count.map { .count($0) } ?? .null),
            JSONMember("closed_stream", .string(closedStream)),
        ]
    }
}

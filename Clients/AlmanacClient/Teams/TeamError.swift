import AlmanacModel

/// Why a team is not changed.
public enum TeamError: Error, Equatable {
    case notAName(String)
    case exists(TeamName)
    case isThere(String, TeamName, asOwner: Bool)
    case isNotThere(String, TeamName, members: [String])
    /// A team without owners would be nobody's.
    case lastOwner(String, TeamName)
}

extension TeamError: ReportedFailure {
    public var status: ExitStatus {
        switch self {
        case .notAName, .isNotThere: .usage
        case .exists, .isThere, .lastOwner: .failed
        }
    }

    public var sentence: String {
        switch self {
        case .notAName(let name):
            "“\(name)” cannot name a team: up to \(TeamName.maximumByteCount) lower-case letters, digits and hyphens, not beginning with a hyphen."
        case .exists(let team): "There is a team \(team) already."
        case .isThere(let person, let team, let asOwner):
            "Team \(team) has \(person) as \(asOwner ? "an owner" : "a member") already. Nothing was changed."
        case .isNotThere(let person, let team, _): "Team \(team) has no member \(person)."
        case .lastOwner(let person, let team): "Team \(team) would have no owner without \(person): add another one first."
        }
    }

    public var advice: String? {
        switch self {
        case .isNotThere(_, _, let members): members.joined(separator: ", ")
        case .lastOwner(_, let team): "almanac team add \(team) PERSON --owner"
        default: nil
        }
    }
}

import AlmanacModel
import AlmanacRules

/// Why something is not saved, or cannot be found.
public enum WritingError: Error, Equatable {
    /// The authority would refuse it, by a rule that is known here.
    case refused(OperationRejection)
    /// Nothing here has this name; some that are near.
    case unknownTarget(String, near: [String])
    /// The name fits several, each as it can be asked for.
    case ambiguousTarget(String, candidates: [String])
    /// A record that the authority has given no id yet.
    case targetNotSent(String)
    case unknownField(String, of: String, known: [String])
    case unknownID(String)
    /// The beginning of several ids; each with what it is.
    case ambiguousID(String, candidates: [String])
    case notAnID(String)
    case unknownTeam(String, known: [TeamName])
    /// A member of several teams has to say which.
    case noTeamChosen([TeamName])
    case noTeam
    /// Somebody in the team cannot read what it is about.
    case notForTeam(TeamName, StreamName, people: [String])
    case emptyText
    case unchanged
    /// An editor that ended badly; the text says how.
    case editor(String, String)
    /// A value that the field cannot have; the text says why.
    case badValue(String, field: String, String)
    /// The record is not here any more.
    case gone(String)
}

extension WritingError: ReportedFailure {
    public var status: ExitStatus {
        switch self {
        case .refused(let rejection): rejection.reason == .notAllowed ? .notAllowed : .failed
        case .notForTeam, .noTeam: .notAllowed
        case .unknownTarget, .ambiguousTarget, .unknownField, .unknownID, .ambiguousID, .notAnID, .unknownTeam,
            .noTeamChosen, .badValue:
            .usage
        case .targetNotSent, .emptyText, .unchanged, .editor, .gone: .failed
        }
    }

    public var sentence: String {
        switch self {
        case .refused(let rejection): "Nothing was saved: \(rejection.sentence)."
        case .unknownTarget(let name, _): "There is nothing called “\(name)” here."
        case .ambiguousTarget(let name, _): "“\(name)” may be several things."
        case .targetNotSent(let name): "\(name) has not reached the authority yet, so nothing can refer to it. Nothing was saved."
        case .unknownField(let field, let collection, _): "There is no field “\(field)” in \(collection)."
        case .unknownID(let id): "There is no annotation whose id begins with \(id)."
        case .ambiguousID(let id, _): "Several annotations have an id that begins with \(id)."
        case .notAnID(let text): "“\(text)” is no id: ids are hexadecimal digits, such as a7f3."
        case .unknownTeam(let name, _): "There is no team “\(name)” here."
        case .noTeamChosen: "You belong to several teams: say which one is to see it."
        case .noTeam: "You belong to no team that is known here, and annotations are written for one."
        case .notForTeam(let team, let stream, let people):
            "Nothing was saved: what it is about is in \(stream), which not all of team \(team) may read: "
                + "\(people.joined(separator: ", "))."
        case .emptyText: "There is no text, so nothing was saved."
        case .unchanged: "Nothing was changed, so nothing was saved."
        case .editor(let command, let how): "The editor \(command) \(how). Nothing was saved."
        case .badValue(let value, let field, let why): "“\(value)” cannot be \(field): it \(why)."
        case .gone(let name): "\(name) is not here any more. Nothing was saved."
        }
    }

    public var advice: String? {
        switch self {
        case .unknownTarget(let name, let near): near.isEmpty ? "almanac search \(name)" : near.joined(separator: ", ")
        case .ambiguousTarget(_, let candidates), .ambiguousID(_, let candidates): candidates.joined(separator: ", ")
        case .targetNotSent: "almanac sync"
        case .unknownField(_, _, let known): known.joined(separator: ", ")
        case .unknownID, .notAnID: "almanac annotations"
        case .unknownTeam(_, let known):
            known.isEmpty ? "almanac sync" : "--team \(known.map(\.rawValue).joined(separator: ", --team "))"
        case .noTeamChosen(let teams): "--team \(teams.map(\.rawValue).joined(separator: ", --team "))"
        case .noTeam: "ask an owner of a team to add you, then almanac sync"
        default: nil
        }
    }
}

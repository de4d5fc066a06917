import AlmanacModel
import AlmanacRules

/// Why a conflict is not resolved as somebody wants.
public enum ConflictError: Error, Equatable {
    case resolved(String, by: String?, kept: String?)
    /// Only two texts can both be kept.
    case notBoth(String, what: String)
    case noEdit(String, what: String)
    /// What it is over is not here, and nothing can be made of it.
    case outOfReach(String, what: String)
    /// The text of a record that is gone can become a new one for a team, and it is not known for which.
    case needsTeam(String)
    case unknownKind(String)
}

extension ConflictError: ReportedFailure {
    public var status: ExitStatus {
        switch self {
        case .resolved, .outOfReach, .unknownKind: .failed
        case .notBoth, .noEdit, .needsTeam: .usage
        }
    }

    public var sentence: String {
        switch self {
        case .resolved(let id, let person, let kept):
            "Conflict \(id) is resolved already\(person.map { ", by \($0)" } ?? "")\(kept.map { ", who kept \($0)" } ?? ""): edit what stands there now."
        case .notBoth(let id, let what): "Conflict \(id) is over \(what), and only the texts of annotations can both be kept."
        case .noEdit(let id, let what): "Conflict \(id) is over \(what): there is nothing to edit."
        case .outOfReach(let id, let what):
            "Conflict \(id) is over \(what), which is not here any more. What you wrote stays in \(id)."
        case .needsTeam(let id): "The annotation of \(id) is gone, and its text can become a new one: say for which team."
        case .unknownKind(let id): "A newer program knows what happened in \(id)."
        }
    }

    public var advice: String? {
        switch self {
        case .resolved: nil
        case .notBoth(let id, _): "almanac resolve \(id) --keep mine, server, or edit"
        case .noEdit(let id, _): "almanac resolve \(id) --keep mine, or server"
        case .outOfReach(let id, _): "almanac resolve \(id) --keep server"
        case .needsTeam: "--team NAME"
        case .unknownKind: "install a newer almanac"
        }
    }
}

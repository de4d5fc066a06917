/// Why a question has no answer.
public enum QuestionError: Error, Equatable, CustomStringConvertible {
    /// Nothing has this name; some that are near.
    case unknownName(String, kinds: String, near: [String])
    /// The name fits several; each with its kind, as it can be asked for.
    case ambiguousName(String, candidates: [String])
    /// Names that were to be compared, and are one subject, by its key.
    case sameSubject([String], key: String)
    /// The replica's dataset does not have the collections that the question needs.
    case notThisDataset(missing: String)

    public var description: String { sentence + (advice.map { " \($0)" } ?? "") }

    /// A whole sentence.
    public var sentence: String {
        switch self {
        case .unknownName(let name, let kinds, _): "There is no \(kinds) called “\(name)”."
        case .ambiguousName(let name, _): "“\(name)” may be several things."
        case .sameSubject(let names, let key): "\(names.map { "“\($0)”" }.joined(separator: " and ")) are the same: \(key)."
        case .notThisDataset(let missing): "This dataset has no \(missing): the question is about innovation clusters."
        }
    }

    /// What to ask for instead.
    public var advice: String? {
        switch self {
        case .unknownName(let name, _, let near): near.isEmpty ? "almanac search \(name)" : near.joined(separator: ", ")
        case .ambiguousName(_, let candidates): candidates.joined(separator: ", ")
        case .sameSubject, .notThisDataset: nil
        }
    }
}

/// Why nothing is found under an id that somebody typed.
public enum LookupError: Error, Equatable {
    /// Nothing here begins so; `list` is the command that shows what there is.
    case unknown(String, what: String, list: String)
    /// The beginning of several, each as it can be asked for.
    case ambiguous(String, candidates: [String])
    case malformed(String, example: String, list: String)
}

extension LookupError: ReportedFailure {
    public var status: ExitStatus { .usage }

    public var sentence: String {
        switch self {
        case .unknown(let id, let what, _): "There is no \(what) \(id) here."
        case .ambiguous(let id, _): "Several ids begin with \(id)."
        case .malformed(let id, let example, _): "“\(id)” is no such id: they look like \(example)."
        }
    }

    public var advice: String? {
        switch self {
        case .unknown(_, _, let list), .malformed(_, _, let list): list
        case .ambiguous(_, let candidates): candidates.joined(separator: ", ")
        }
    }
}

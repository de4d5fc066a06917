import AlmanacClient
import AlmanacDataset

extension QuestionError: ReportedFailure {
    public var status: ExitStatus {
        switch self {
        case .unknownName, .ambiguousName, .sameSubject: .usage
        case .notThisDataset: .failed
        }
    }
}

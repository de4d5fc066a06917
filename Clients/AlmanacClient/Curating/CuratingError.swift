import AlmanacModel
import AlmanacWire

/// Why a change of the dataset is not saved.
public enum CuratingError: Error, Equatable {
    case notAnAssignment(String)
    case notASet(field: String)
    case fieldTwice(String)
    /// Annotations, teams and conflicts have commands of their own.
    case notOfDataset(String)
    case notACorrection(String, kind: String)
    case closed(String, state: String)
    /// The figure of a correction is not here.
    case figureGone(String)
    /// Rows of a file cannot be told from each other.
    case noKey(String)
    /// A file that cannot be one operation: what it would take, and what one may.
    case tooMuch(changes: Int, size: ByteCount, rowsThatFit: Int)
    /// The file's problems were told already.
    case problems(Int)
}

extension CuratingError: ReportedFailure {
    public var status: ExitStatus {
        switch self {
        case .notAnAssignment, .notASet, .fieldTwice, .notOfDataset, .notACorrection, .noKey: .usage
        case .closed, .figureGone, .tooMuch, .problems: .failed
        }
    }

    public var sentence: String {
        switch self {
        case .notAnAssignment(let text): "“\(text)” is no FIELD=VALUE, FIELD+=ELEMENT or FIELD-=ELEMENT."
        case .notASet(let field): "The field \(field) is no set of texts: it takes FIELD=VALUE."
        case .fieldTwice(let field): "The field \(field) is set twice. Nothing was saved."
        case .notOfDataset(let name):
            "This is not of the dataset, but \(name): annotations, teams and conflicts have commands of their own."
        case .notACorrection(let id, let kind): "Annotation \(id) is a \(kind), and only corrections can be accepted."
        case .closed(let id, let state): "Correction \(id) is \(state) already. Nothing was saved."
        case .figureGone(let name): "The record \(name) is not here, so nothing can be corrected there. Nothing was saved."
        case .noKey(let collection): "The collection \(collection) has no key by which a row could find its record."
        case .tooMuch(let changes, let size, let rows):
            "This is \(Words.count(changes, "change")) and \(size); one commit from a laptop takes \(Words.grouped(Operation.maximumChanges)) "
                + "changes and \(Self.cap). Nothing was saved. About \(Words.count(rows, "row")) fit."
        case .problems(let count): "\(Words.count(count, "problem")). Nothing was saved."
        }
    }

    public var advice: String? {
        switch self {
        case .tooMuch(_, _, let rows): "split -l \(max(1, rows)), with the header on every file; or almanacd import --table"
        default: nil
        }
    }

    /// Of one operation.
    static var cap: ByteCount { ByteCount(Caps.operation) }
}

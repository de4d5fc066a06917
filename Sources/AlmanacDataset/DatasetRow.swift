import AlmanacReplica

/// A row of a statement's result, by the names of its columns.
public struct DatasetRow: Sendable {
    let names: [String: Int]
    let cells: [Answer.Cell]

    /// Null for a column that is not there.
    public subscript(name: String) -> Answer.Cell { names[name].map { cells[$0] } ?? .null }

    public func text(_ name: String) -> String? {
        if case .text(let text) = self[name] { text } else { nil }
    }

    public func integer(_ name: String) -> Int64? {
        if case .integer(let number) = self[name] { number } else { nil }
    }

    /// Of integers too.
    public func real(_ name: String) -> Double? {
        switch self[name] {
        case .real(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }

    /// In a view over several collections SQLite may make reals of whole numbers.
    public func isTrue(_ name: String) -> Bool { real(name).map { $0 != 0 } ?? false }
}

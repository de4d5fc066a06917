import AlmanacModel

/// A record, and where the file has it.
public struct RecordPlace: Hashable, Sendable {
    public let key: Text
    /// The row of data, from 1; nil for a record that is not in the file.
    public let row: Int?

    public init(key: Text, row: Int?) {
        self.key = key
        self.row = row
    }
}

extension RecordPlace: CustomStringConvertible {
    /// `"asia" (row 3)`
    public var description: String {
        "\(VisibleText.quoted(key.string)) (\(row.map { "row \($0)" } ?? "not in the file"))"
    }
}

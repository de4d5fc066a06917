/// A table that answers a question about a dataset, or a part of one.
public struct Answer: Hashable, Sendable {
    public typealias Cell = RawQuery.Cell

    /// One column of an answer.
    public struct Column: Hashable, Sendable {
        /// For programs: a JSON member, a CSV header.
        public let name: String
        /// For people.
        public let title: String
        public let style: Style

        public init(_ name: String, _ title: String? = nil, _ style: Style = .plain) {
            self.name = name
            self.title = title ?? name.replacing("_", with: " ")
            self.style = style
        }
    }

    /// How people like to see a column; programs get the value itself.
    public enum Style: Hashable, Sendable {
        case plain
        /// With thousands separated.
        case grouped
        /// A number of percent.
        case percent
        /// A signed number of places: `+3`, `-2`, `=`.
        case change
        /// A JSON array of numbers and nulls, drawn small; `lowerIsBetter` turns it, so that up is good.
        case sparkline(lowerIsBetter: Bool)
        /// A JSON array of texts: people see them with commas between.
        case list
        /// The same, for programs alone.
        case hiddenList
        /// Sentences: a terminal wraps them, and cuts nothing.
        case prose
        /// For programs alone: too long for a table.
        case hidden

        public var isHidden: Bool { self == .hidden || self == .hiddenList }
    }

    /// What one row is, in the singular: the `message_type` of JSON Lines.
    public let kind: String
    public let columns: [Column]
    public let rows: [[Cell]]

    public init(kind: String, columns: [Column], rows: [[Cell]]) {
        self.kind = kind
        self.columns = columns
        self.rows = rows
    }

    public var isEmpty: Bool { rows.isEmpty }
}

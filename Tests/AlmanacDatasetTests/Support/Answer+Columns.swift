import AlmanacReplica
import Testing

extension Answer {
    /// The cells of the column with this name; fails where there is none.
    func column(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Cell] {
        let index = try #require(columns.firstIndex { $0.name == name }, "no column \(name)", sourceLocation: sourceLocation)
        return rows.map { $0[index] }
    }

    func texts(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String?] {
        try column(name, sourceLocation: sourceLocation).map { if case .text(let text) = $0 { text } else { nil } }
    }

    func integers(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Int64?] {
        try column(name, sourceLocation: sourceLocation).map { if case .integer(let number) = $0 { number } else { nil } }
    }

    func reals(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Double?] {
        try column(name, sourceLocation: sourceLocation).map {
            switch $0 {
            case .real(let number): number
            case .integer(let number): Double(number)
            default: nil
            }
        }
    }

    /// The cell of a column in the only row in which another column has this text.
    func cell(_ name: String, where other: String, is text: String, sourceLocation: SourceLocation = #_sourceLocation) throws
        -> Cell
    {
        let places = try texts(other, sourceLocation: sourceLocation).indices { $0 == text }
        let rows = places.ranges.flatMap { Array($0) }
        try #require(rows.count == 1, "\(rows.count) rows with \(other) \(text)", sourceLocation: sourceLocation)
        return try column(name, sourceLocation: sourceLocation)[rows[0]]
    }
}

extension Reply {
    /// The rows of the section with this kind.
    func answer(_ kind: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Answer {
        try #require(sections.first { $0.answer.kind == kind }?.answer, "no section \(kind)", sourceLocation: sourceLocation)
    }

    func hasNote(with text: String) -> Bool { notes.contains { $0.contains(text) } }
}

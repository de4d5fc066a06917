import AlmanacModel

/// What a field becomes: a text with `{year}`, `{value}`, `{subject}` and `{column:NAME}` in it.
struct MappingTemplate: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case year, value, subject
        /// The cell of that column.
        case column(String)
    }

    let pieces: [Piece]

    init(_ text: String) throws(DescriptorRule) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else { throw .template(text) }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            guard let piece = Self.piece(rest[rest.index(after: open)..<close]) else { throw .template(text) }
            pieces.append(piece)
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    private static func piece(_ name: Substring) -> Piece? {
        switch name {
        case "year": .year
        case "value": .value
        case "subject": .subject
        case _ where name.hasPrefix("column:") && !name.contains("{"): .column(String(name.dropFirst("column:".count)))
        default: nil
        }
    }

    var columns: [String] {
        pieces.compactMap { if case .column(let name) = $0 { name } else { nil } }
    }
}

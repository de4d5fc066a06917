import AlmanacModel

/// Merges two changed copies of a text by lines.
public enum LineMerge {
    /// The longest text that is merged, and the longest that a merge makes, in bytes.
    public static let maximumByteCount = 65_536

    /// `base` with the changes of both sides. An edit that both made counts once. Line ends stay as they are, the missing one of a last
    /// line too.
    ///
    /// Nil where different edits overlap or touch (no line that both kept lies between them), where a text is or would become longer
    /// than ``maximumByteCount``, and where the texts have so much in common in so different an order that comparing them costs too much.
    public static func merged(base: Text, mine: Text, server: Text) -> Text? {
        if mine == server || server == base { return mine }
        if mine == base { return server }
        guard [base, mine, server].allSatisfy({ $0.utf8.count <= maximumByteCount }) else { return nil }
        var numbers = LineNumbers()
        let (base, mine, server) = (numbers.lines(of: base), numbers.lines(of: mine), numbers.lines(of: server))
        guard let myEdits = LineDifference.edits(from: base, to: mine),
            let serverEdits = LineDifference.edits(from: base, to: server),
            let lines = combined(base, myEdits, serverEdits)
        else { return nil }
        let bytes = numbers.bytes(of: lines)
        return bytes.count <= maximumByteCount ? Text(utf8: bytes) : nil
    }

    private static func combined(_ base: [Int], _ mine: [LineEdit], _ server: [LineEdit]) -> [Int]? {
        var (mine, server) = (mine[...], server[...])
        var (lines, position) = ([Int](), 0)
        while let edit = next(&mine, &server) {
            guard case .edit(let edit) = edit else { return nil }
            lines += base[position..<edit.replaced.lowerBound] + edit.lines
            position = edit.replaced.upperBound
        }
        return lines + base[position...]
    }

    private enum Next {
        case edit(LineEdit)
        case collision
    }

    private static func next(_ mine: inout ArraySlice<LineEdit>, _ server: inout ArraySlice<LineEdit>) -> Next? {
        guard let myEdit = mine.first else { return server.popFirst().map(Next.edit) }
        guard let serverEdit = server.first else { return mine.popFirst().map(Next.edit) }
        if myEdit == serverEdit {
            server.removeFirst()
        } else if serverEdit.replaced.upperBound < myEdit.replaced.lowerBound {
            return server.popFirst().map(Next.edit)
        } else if myEdit.replaced.upperBound >= serverEdit.replaced.lowerBound {
            return .collision
        }
        return mine.popFirst().map(Next.edit)
    }
}

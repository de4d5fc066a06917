/// What an editor is given, and what is taken from it.
public enum DraftText {
    /// From this line on nothing is kept. What stands above may be any Markdown: headings begin with the same sign as comments do elsewhere.
    public static let mark = "# ------------------------ >8 ------------------------"

    /// A text with comments behind it, a line each.
    public static func content(_ text: String, comments: [String]) -> String {
        let lines = comments.map { "# \(Visible.text($0))" }
        return "\(text)\n\n\(mark)\n# Nothing from the line above on is kept. An empty text saves nothing.\n"
            + lines.map { "\($0)\n" }.joined()
    }

    /// What stands before the mark, without empty lines around it.
    public static func text(of content: String) -> String {
        let lines = content.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.prefix { $0 != mark }
        let start = kept.drop(while: isBlank)
        guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return start[...end].joined(separator: "\n")
    }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}

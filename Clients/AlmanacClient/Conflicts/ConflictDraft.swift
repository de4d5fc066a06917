/// What an editor is given to make one text of two, and how it is told that nobody has.
public enum ConflictDraft {
    private static let opening = "<<<<<<< server"
    private static let middle = "======="
    private static let closing = ">>>>>>> mine"

    /// Both texts, between marks.
    public static func text(_ conflict: Conflict) -> String {
        [opening, conflict.server ?? "", middle, conflict.mine ?? "", closing].joined(separator: "\n")
    }

    /// Whether a mark stands in it still.
    public static func isUnfinished(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { $0 == opening || $0 == closing }
    }
}

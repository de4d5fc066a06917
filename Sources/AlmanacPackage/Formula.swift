/// Texts that spreadsheets take for formulas, made harmless so that it can be undone.
public enum Formula {
    /// With one more apostrophe where, behind any apostrophes, a formula would begin.
    public static func guarded(_ text: String) -> String { isDangerous(text) ? "'" + text : text }

    /// Whether a text that was written has an apostrophe too many.
    public static func isGuarded(_ text: String) -> Bool { text.hasPrefix("'") && isDangerous(text) }

    /// What was written, as it was before.
    public static func unguarded(_ text: String) -> String { isGuarded(text) ? String(text.unicodeScalars.dropFirst()) : text }

    private static func isDangerous(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { $0 != "'" }) else { return false }
        return ["=", "+", "-", "@", "\t", "\r"].contains(first)
    }
}

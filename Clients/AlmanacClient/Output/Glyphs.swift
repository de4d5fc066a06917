/// The signs of output for people, or what stands for them where only ASCII is wanted.
public struct Glyphs: Sendable {
    public let check: String
    public let arrow: String
    public let warning = "!"
    private let isPlain: Bool

    public init(isPlain: Bool) {
        self.isPlain = isPlain
        check = isPlain ? "ok" : "✓"
        arrow = isPlain ? "->" : "→"
    }

    /// Text of this program's own, in ASCII where that is wanted.
    public func own(_ text: String) -> String { isPlain ? text.replacing("…", with: "..") : text }
}

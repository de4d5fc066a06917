/// The widths of a table's columns.
struct TableLayout: Equatable {
    /// At least one each.
    let widths: [Int]
    /// Columns at the end for which there was no room.
    let hiddenCount: Int

    static let gap = 2
    /// Narrower columns say nothing.
    static let minimumWidth = 6

    /// `limit` is the terminal's width; nil where nothing may be cut.
    init(natural: [Int], limit: Int?) {
        let natural = natural.map { max(1, $0) }
        guard let limit else { (widths, hiddenCount) = (natural, 0); return }
        var shown = natural.count
        while shown > 1,
            Self.total(natural.prefix(shown).map { min($0, Self.minimumWidth) }, isCut: shown < natural.count) > limit
        {
            shown -= 1
        }
        hiddenCount = natural.count - shown
        widths = Self.fitted(Array(natural.prefix(shown)), limit: limit, isCut: hiddenCount > 0)
    }

    /// The widest columns give way first.
    private static func fitted(_ natural: [Int], limit: Int, isCut: Bool) -> [Int] {
        var cap = natural.max() ?? 1
        while cap > 1, total(natural.map { min($0, cap) }, isCut: isCut) > limit { cap -= 1 }
        return natural.map { min($0, cap) }
    }

    /// With a gap and a mark behind the last column where some are hidden.
    private static func total(_ widths: [Int], isCut: Bool) -> Int {
        widths.reduce(0, +) + gap * max(0, widths.count - 1) + (isCut ? gap + 1 : 0)
    }
}

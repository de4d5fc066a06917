/// The widths of a table's columns.
struct TableLayout: Equatable {
    /// At least one each.
    let widths: [Int]
    /// Columns at the end for which there was no room.
    let hiddenCount: Int

    static let gap = 2
    /// Narrower columns say nothing.
    static let minimumWidth = 6
    /// Where the last columns matter least, they make room before others get narrower than this.
    static let minimumAnswerWidth = 12
    /// Sentences in narrower columns are hard to read.
    static let minimumWrappedWidth = 24

    /// `limit` is the terminal's width; nil where nothing may be cut. Columns that are `wrapped` give way before others. None gets
    /// narrower than `minimum` while the last can be hidden.
    init(natural: [Int], limit: Int?, wrapped: [Bool] = [], minimum: Int = TableLayout.minimumWidth) {
        let natural = natural.map { max(1, $0) }
        guard let limit else { (widths, hiddenCount) = (natural, 0); return }
        let areWrapped = natural.indices.map { wrapped.indices.contains($0) && wrapped[$0] }
        let least = zip(natural, areWrapped).map { min($0, $1 ? Self.minimumWrappedWidth : minimum) }
        var shown = natural.count
        while shown > 1, Self.total(Array(least.prefix(shown)), isCut: shown < natural.count) > limit { shown -= 1 }
        hiddenCount = natural.count - shown
        let room = limit - (hiddenCount > 0 ? Self.gap + 1 : 0)
        var widths = Array(natural.prefix(shown))
        Self.shrink(&widths, to: room, least: zip(least, areWrapped).map { $1 ? $0 : Int.max })
        Self.shrink(&widths, to: room, least: least)
        Self.shrink(&widths, to: room, least: least.map { _ in 1 })
        self.widths = widths
    }

    /// The widest columns give way first, none below its `least`.
    private static func shrink(_ widths: inout [Int], to room: Int, least: [Int]) {
        let natural = widths
        // What is wider than the room is too wide in any case.
        var cap = min(natural.max() ?? 1, max(1, room) + 1)
        while cap > 1, total(widths, isCut: false) > room {
            cap -= 1
            for index in widths.indices where natural[index] > least[index] {
                widths[index] = max(min(natural[index], cap), least[index])
            }
        }
    }

    /// With a gap and a mark behind the last column where some are hidden.
    private static func total(_ widths: [Int], isCut: Bool) -> Int {
        widths.reduce(0, +) + gap * max(0, widths.count - 1) + (isCut ? gap + 1 : 0)
    }
}

import NIOCore

/// Guesses how many changes fill a window, from how the last ones came out.
struct WindowPlan {
    /// What the next window may weigh.
    private var target = 2 * 1_024 * 1_024

    private static let targets = 32 * 1_024...Caps.expandedWindow / 2
    /// A little below the cap: two windows in a row are alike, but not equal.
    private static let wantedByteCount = Caps.windowPayload / 16 * 15

    /// At least one change, and no more than a window may have rows.
    func run(from start: Int, _ weights: [Int]) -> Range<Int> {
        var (end, weight) = (start, 0)
        while end < weights.count, end - start < Caps.rowsOfWindow, weight + weights[end] <= target || end == start {
            weight += weights[end]
            end += 1
        }
        return start..<end
    }

    mutating func learn(weight: Int, _ window: EncodedWindow) {
        let next = weight * Self.wantedByteCount / max(1, window.payload.readableBytes)
        target = min(max(next, Self.targets.lowerBound), Self.targets.upperBound)
    }

    mutating func halve() { target = max(target / 2, Self.targets.lowerBound) }
}

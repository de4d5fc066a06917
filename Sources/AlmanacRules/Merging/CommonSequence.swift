/// The longest common subsequence of two sequences, by the greedy algorithm of Myers (*An O(ND) Difference Algorithm and Its
/// Variations*, 1986).
enum CommonSequence {
    /// How many steps a search may take: about that many comparisons, and four bytes each at most.
    static let stepLimit = 1_000_000

    /// The places of the common elements, ascending in both. Nil where finding them would take more than ``stepLimit`` steps.
    static func pairs(_ first: [Int], _ second: [Int]) -> [(first: Int, second: Int)]? {
        guard !first.isEmpty, !second.isEmpty else { return [] }
        var search = Search(first, second)
        return search.run() ? search.pairs() : nil
    }
}

/// Follows the furthest paths through the grid of both sequences, edit by edit. A diagonal is the difference of the two places.
private struct Search {
    let first: [Int]
    let second: [Int]
    /// How far into the first sequence the furthest path on a diagonal has come; shifted by `origin`.
    var reach: [Int32]
    let origin: Int
    /// For each number of edits the reach on its diagonals, every second one, before the next edit.
    var history: [[Int32]] = []
    var steps = 0

    init(_ first: [Int], _ second: [Int]) {
        self.first = first
        self.second = second
        // So many edits take more steps than are allowed.
        let mostEdits = min(first.count + second.count, 1_414)
        origin = mostEdits + 1
        reach = Array(repeating: 0, count: 2 * mostEdits + 3)
    }

    /// False when it has taken too many steps.
    mutating func run() -> Bool {
        for edits in 0..<origin {
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                if advance(on: diagonal, edits) { return true }
            }
            guard steps <= CommonSequence.stepLimit else { return false }
            history.append(stride(from: -edits, through: edits, by: 2).map { reach[origin + $0] })
        }
        return false
    }

    /// Whether the path has reached the end.
    private mutating func advance(on diagonal: Int, _ edits: Int) -> Bool {
        var place = start(on: diagonal, edits) { Int(reach[origin + $0]) }
        let begin = place
        while place < first.count, place - diagonal < second.count, first[place] == second[place - diagonal] { place += 1 }
        steps += place - begin + 1
        reach[origin + diagonal] = Int32(place)
        return place >= first.count && place - diagonal >= second.count
    }

    /// Where a path comes out after its last edit, before it follows what both have.
    private func start(on diagonal: Int, _ edits: Int, _ reach: (Int) -> Int) -> Int {
        guard edits > 0 else { return 0 }
        return isDown(diagonal, edits, reach) ? reach(diagonal + 1) : reach(diagonal - 1) + 1
    }

    /// Whether the last edit took an element of the second sequence.
    private func isDown(_ diagonal: Int, _ edits: Int, _ reach: (Int) -> Int) -> Bool {
        diagonal == -edits || (diagonal != edits && reach(diagonal - 1) < reach(diagonal + 1))
    }

    /// Walks back from the end.
    func pairs() -> [(first: Int, second: Int)] {
        var pairs: [(first: Int, second: Int)] = []
        var (place, diagonal) = (first.count, first.count - second.count)
        for edits in stride(from: history.count, through: 0, by: -1) {
            let before = edits > 0 ? history[edits - 1] : []
            let reached: (Int) -> Int = { Int(before[($0 + edits - 1) / 2]) }
            let start = start(on: diagonal, edits, reached)
            while place > start {
                place -= 1
                pairs.append((place, place - diagonal))
            }
            guard edits > 0 else { break }
            let isDown = isDown(diagonal, edits, reached)
            place = reached(isDown ? diagonal + 1 : diagonal - 1)
            diagonal += isDown ? 1 : -1
        }
        return pairs.reversed()
    }
}

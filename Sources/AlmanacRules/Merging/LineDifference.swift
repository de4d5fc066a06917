/// Lines of a text and what stands in their place in another one; the lines before and after are in both.
struct LineEdit: Hashable {
    let replaced: Range<Int>
    let lines: [Int]
}

/// What changed from one sequence of numbered lines to another.
enum LineDifference {
    /// In ascending order, with at least one line in common between two of them. Nil where it would cost too much.
    static func edits(from old: [Int], to new: [Int]) -> [LineEdit]? {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
        let (oldPart, newPart) = (start..<(old.count - end), start..<(new.count - end))
        // A line that only one side has is in no common sequence; without those lines the search is short.
        let (inOld, inNew) = (Set(old[oldPart]), Set(new[newPart]))
        let oldShared = oldPart.filter { inNew.contains(old[$0]) }
        let newShared = newPart.filter { inOld.contains(new[$0]) }
        guard let common = CommonSequence.pairs(oldShared.map { old[$0] }, newShared.map { new[$0] }) else { return nil }
        let pairs = common.map { (old: oldShared[$0.first], new: newShared[$0.second]) }
        return gaps(between: pairs, oldPart, newPart, new)
    }

    private static func gaps(
        between pairs: [(old: Int, new: Int)], _ oldPart: Range<Int>, _ newPart: Range<Int>, _ new: [Int]
    ) -> [LineEdit] {
        var edits: [LineEdit] = []
        var (oldPosition, newPosition) = (oldPart.lowerBound, newPart.lowerBound)
        for pair in pairs + [(oldPart.upperBound, newPart.upperBound)] {
            if pair.old > oldPosition || pair.new > newPosition {
                edits.append(LineEdit(replaced: oldPosition..<pair.old, lines: Array(new[newPosition..<pair.new])))
            }
            (oldPosition, newPosition) = (pair.old + 1, pair.new + 1)
        }
        return edits
    }
}

import AlmanacModel
import AlmanacRules
import TestSupport
import Testing

/// Promise 1: no line that somebody typed vanishes. Seeds are printed with what they find.
@Suite struct LineMergePropertyTests {
    private static let seeds = Array(1...40) as [UInt64]

    @Test(arguments: seeds) func noLineThatEitherSideAddedVanishes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var merges = 0
        for round in 0..<200 {
            var texts = Histories(generator: generator, isRepetitive: round % 2 == 0)
            let (base, mine, server) = (texts.base(), texts.edited(), texts.edited())
            generator = texts.generator
            let note = Comment(rawValue: "seed \(seed), round \(round): \(base) | \(mine) | \(server)")
            let merged = merge(base, mine, server)
            #expect(merged == merge(base, server, mine), note)
            #expect(merge(base, base, server) == joined(server), note)
            #expect(merge(base, mine, base) == joined(mine), note)
            #expect(merge(base, mine, mine) == joined(mine), note)
            guard let merged else { continue }
            merges += 1
            let (before, after) = (counts(base), counts(lines(merged)))
            for (line, count) in counts(mine).merging(counts(server), uniquingKeysWith: max) {
                #expect(after[line, default: 0] >= count - before[line, default: 0], "\(note): \(line)")
            }
        }
        #expect(merges > 10, "seed \(seed): hardly anything merged")
    }

    /// Each side marks what it inserts, so that every single insertion can be found again.
    @Test(arguments: seeds) func everyInsertionIsThereInItsOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let base = (0..<generator.number(0...12)).map { "line \($0)\n" }
            var sides: [[String]] = []
            for side in ["mine", "server"] {
                var lines = base
                for edit in 0..<generator.number(0...3) {
                    lines.insert("\(side) \(edit)\n", at: generator.number(0...lines.count))
                }
                if generator.chance(3), !lines.isEmpty { lines.remove(at: generator.number(0...(lines.count - 1))) }
                sides.append(lines)
            }
            let note = Comment(rawValue: "seed \(seed), round \(round): \(base) | \(sides)")
            guard let merged = merge(base, sides[0], sides[1]).map(lines) else { continue }
            for side in sides {
                let own = side.filter { !base.contains($0) }
                #expect(merged.filter(own.contains) == own, note)
            }
            let kept = base.filter { sides[0].contains($0) && sides[1].contains($0) }
            #expect(merged.filter(base.contains) == kept, note)
        }
    }

    private func merge(_ base: [String], _ mine: [String], _ server: [String]) -> String? {
        LineMerge.merged(base: Text(joined(base)), mine: Text(joined(mine)), server: Text(joined(server)))?.string
    }

    private func joined(_ lines: [String]) -> String { lines.joined() }

    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0)\n" }.filter { $0 != "\n" }
    }

    private func counts(_ lines: [String]) -> [String: Int] { Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +) }
}

/// A text and edited copies of it.
private struct Histories {
    var generator: SeededGenerator
    /// Whether lines come again and again, so that there are many ways to compare two texts.
    let isRepetitive: Bool
    private var lines: [String] = []

    init(generator: SeededGenerator, isRepetitive: Bool) {
        self.generator = generator
        self.isRepetitive = isRepetitive
    }

    mutating func base() -> [String] {
        lines = (0..<generator.number(0...15)).map { _ in line() }
        return lines
    }

    mutating func edited() -> [String] {
        var copy = lines
        for _ in 0..<generator.number(0...3) {
            let place = generator.number(0...copy.count)
            let end = min(copy.count, place + generator.number(0...2))
            copy.replaceSubrange(place..<end, with: (0..<generator.number(0...3)).map { _ in line() })
        }
        return copy
    }

    private mutating func line() -> String { "\(generator.number(0...(isRepetitive ? 3 : 5_000)))\n" }
}

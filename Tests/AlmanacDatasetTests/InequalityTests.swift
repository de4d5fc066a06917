import TestSupport
import AlmanacModel
import Testing

@testable import AlmanacDataset

@Suite struct InequalityTests {
    /// Half the mean difference between any two, over the mean: the definition, in n² steps.
    private static func direct(_ values: [Double]) -> Double {
        let differences = values.reduce(0) { sum, first in sum + values.reduce(0) { $0 + abs(first - $1) } }
        return differences / (2 * Double(values.count) * values.reduce(0, +))
    }

    @Test(arguments: (0..<200).map { _ in UInt64.random(in: .min ... .max) })
    func giniIsTheMeanDifference(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<Int.random(in: 1...60, using: &random)).map { _ in
            Bool.random(using: &random)
                ? Double(Int.random(in: 0...5, using: &random)) : Double.random(in: 0...1e6, using: &random)
        }
        guard values.contains(where: { $0 > 0 }) else { return #expect(Inequality(values) == nil, "seed \(seed)") }
        let inequality = try #require(Inequality(values), "seed \(seed)")
        #expect(abs(inequality.gini - Self.direct(values)) < 1e-9, "seed \(seed)")
        #expect(inequality.gini <= Double(values.count - 1) / Double(values.count) + 1e-12, "seed \(seed)")
    }

    @Test(arguments: (0..<200).map { _ in UInt64.random(in: .min ... .max) })
    func theCurveRisesAndNeverLiesAboveEqualShares(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<Int.random(in: 1...60, using: &random)).map { _ in Double(Int.random(in: 0...9, using: &random)) } + [1]
        let curve = try #require(Inequality(values), "seed \(seed)")
        let points = (0...100).map { curve.lorenz(Double($0) / 100) }
        #expect(points.first == 0, "seed \(seed)")
        #expect(points.last == 1, "seed \(seed)")
        for (index, point) in points.enumerated() {
            #expect(point <= Double(index) / 100 + 1e-9, "seed \(seed)")
            if index > 0 { #expect(point >= points[index - 1] - 1e-12, "seed \(seed)") }
        }
    }

    @Test func whatHasNoInequality() {
        #expect(Inequality([]) == nil)
        #expect(Inequality([0, 0]) == nil)
        #expect(Inequality([1, -1, 3]) == nil)
        #expect(Inequality([.infinity, 1]) == nil)
        #expect(Inequality([.nan]) == nil)
        #expect(Inequality([5])?.gini == 0)
        #expect(Inequality([2, 2, 2])?.gini == 0)
        #expect(Inequality([0, 0, 0, 4])?.gini == 0.75)
    }
}

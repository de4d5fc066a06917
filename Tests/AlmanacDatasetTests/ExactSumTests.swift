import TestSupport
import AlmanacModel
import Testing

@testable import AlmanacDataset

@Suite struct ExactSumTests {
    @Test func nothingIsRounded() throws {
        #expect(try ExactSum(of: [0.1, 0.2]).description == "0.3")
        #expect(try ExactSum(of: [10.3, 9, 5.4, 3.8]).description == "28.5")
        #expect(try ExactSum(of: [1e15 - 1, 0.001]).description == "999999999999999.001")
        #expect(try ExactSum(of: [-1.5, 1.5]).description == "0")
        #expect(try ExactSum(of: [-0.05]).description == "-0.05")
        #expect(try ExactSum(of: [2_000_000_000, 34_000_000_000]).description == "36000000000")
        #expect(try ExactSum(of: []).description == "0")
        #expect(try ExactSum(of: [1e-22, 1]).description == "1.0000000000000000000001")
    }

    /// Against hundredths as whole numbers; the order does not matter.
    @Test(arguments: (0..<100).map { _ in UInt64.random(in: .min ... .max) })
    func equalsTheSumOfWholeNumbers(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let hundredths = (0..<Int.random(in: 0...200, using: &random)).map { _ in
            Int64.random(in: -99_999_999_999...99_999_999_999, using: &random)
        }
        let values = hundredths.map { Double($0) / 100 }
        let sum = try ExactSum(of: values)
        #expect(sum.description == ExactDecimal(significand: hundredths.reduce(0, +), exponent: -2)?.description, "seed \(seed)")
        #expect(try ExactSum(of: values.shuffled(using: &random)).description == sum.description, "seed \(seed)")
        #expect(sum.count == values.count, "seed \(seed)")
        #expect(sum.double == Double(hundredths.reduce(0, +)) / 100, "seed \(seed)")
    }

    @Test func whatCannotBeExactIsNoSum() {
        #expect(throws: ExactSum.Failure.self) { try ExactSum(of: [.nan]) }
        #expect(throws: ExactSum.Failure.self) { try ExactSum(of: [.infinity]) }
        #expect(throws: ExactSum.Failure.self) { try ExactSum(of: [1.0 / 3]) }
        #expect(throws: ExactSum.Failure.self) { try ExactSum(of: [999_999_999_999_999e22, 1e-22]) }
    }
}

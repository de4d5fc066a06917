import TestSupport
import AlmanacModel
import Testing

@Suite struct ExactDecimalTests {
    private static let largest: Int64 = 999_999_999_999_999

    private static func survives(_ decimal: ExactDecimal) -> Bool {
        ExactDecimal(decimal.description) == decimal && ExactDecimal(decimal.double) == decimal
            && Double(decimal.description) == decimal.double
    }

    @Test(arguments: ExactDecimal.exponents) func everyExponentRoundTrips(exponent: Int) throws {
        let seed = UInt64(1_000 + exponent)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let digits = Int.random(in: 1...15, using: &random)
            let limit = (0..<digits).reduce(Int64(1)) { power, _ in power * 10 } - 1
            let significand = Int64.random(in: -limit...limit, using: &random)
            guard let decimal = ExactDecimal(significand: significand, exponent: exponent) else {
                #expect(significand % 10 == 0, "seed \(seed): \(significand)e\(exponent)")
                continue
            }
            #expect(Self.survives(decimal), "seed \(seed): \(significand)e\(exponent)")
        }
    }

    @Test(arguments: ExactDecimal.exponents) func boundariesOfEveryExponentRoundTrip(exponent: Int) throws {
        for significand in [
            1, 9, 11, Self.largest, Self.largest - 1, 100_000_000_000_001, 450_359_962_737_049, 562_949_953_421_311,
        ] {
            for signed in [significand, -significand] {
                let decimal = try #require(ExactDecimal(significand: signed, exponent: exponent))
                #expect(Self.survives(decimal), "\(signed)e\(exponent)")
            }
        }
    }

    @Test func neighboursOfARandomDoubleAreNeverTakenForIt() {
        let seed: UInt64 = 7
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let significand = Int64.random(in: 100_000_000_000_000...Self.largest, using: &random)
            guard let decimal = ExactDecimal(significand: significand, exponent: Int.random(in: -22...0, using: &random)) else {
                continue
            }
            for neighbour in [decimal.double.nextUp, decimal.double.nextDown] {
                #expect(ExactDecimal(neighbour) != decimal, "seed \(seed): \(decimal)")
            }
        }
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("-12.50", "-12.5"), ("3e6", "3000000"),
        ("3E+6", "3000000"),
        ("1e-2", "0.01"), ("000.100", "0.1"), ("1249.4", "1249.4"), ("999999999999999", "999999999999999"),
        ("0.000000000000000", "0"), ("100000000000000000000", "100000000000000000000"), ("1e22", "10000000000000000000000"),
        ("1e-22", "0.0000000000000000000001"), ("10e-23", "0.0000000000000000000001"),
    ])
    func textBecomesCanonical(text: String, canonical: String) {
        #expect(ExactDecimal(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "1e5x", "--1", "+-1", "1,5", " 1", "1 ", "1.2.3", "NaN", "INF", "-INF", "0x1",
        "1_000",
        "١", "1e1.5", "1e٣", "1000000000000001", "1.000000000000001", "1e23", "1e-23", "1e99999", "1e999999", "1e-999999",
        "123456789012345.6", "\u{200B}1", "1\0",
    ])
    func textIsRefused(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func numbersOutOfRangeAreRefused() {
        #expect(ExactDecimal(significand: Self.largest + 2, exponent: 0) == nil)
        #expect(ExactDecimal(significand: Self.largest + 1, exponent: 0)?.description == "1000000000000000")
        #expect(ExactDecimal(significand: 1, exponent: 23) == nil)
        #expect(ExactDecimal(significand: 1, exponent: -23) == nil)
        #expect(ExactDecimal(significand: 10, exponent: .max) == nil)
        #expect(ExactDecimal(significand: 1, exponent: .min) == nil)
        #expect(ExactDecimal(significand: .min, exponent: 0) == nil)
        #expect(ExactDecimal(significand: .max, exponent: 0) == nil)
        #expect(ExactDecimal(significand: 0, exponent: .max) == .zero)
    }

    @Test(arguments: [
        Double.nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1.0 / 3.0, 0.1 + 0.2, 1e23, 1e-23,
        9_007_199_254_740_992,
    ])
    func doublesThatNoDecimalHasAreRefused(double: Double) {
        #expect(ExactDecimal(double) == nil)
    }

    @Test func negativeZeroIsZero() {
        #expect(ExactDecimal(-0.0) == .zero)
        #expect(ExactDecimal.zero.double.sign == .plus)
    }

    @Test func orderIsThatOfTheNumbers() throws {
        let texts = ["-3e6", "-1.5", "-0.05", "0", "1e-22", "0.1", "0.100000000000001", "1", "9.99999999999999", "10", "1e22"]
        let decimals = texts.compactMap { ExactDecimal($0) }
        #expect(decimals.count == texts.count)
        for (index, decimal) in decimals.enumerated() {
            for (other, otherDecimal) in decimals.enumerated() { #expect((decimal < otherDecimal) == (index < other)) }
        }
    }
}

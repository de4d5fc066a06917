/// A decimal number of at most 15 significant digits, which an IEEE 754 double gives back unchanged.
///
/// Always in canonical form: the significand is not a multiple of ten, unless the number is zero. The exponent is limited so that
/// the double nearest to `significand · 10^exponent` is the result of one correctly rounded operation on exact operands.
public struct ExactDecimal: Hashable, Sendable {
    public let significand: Int64
    public let exponent: Int8

    public static let maximumDigits = 15
    public static let exponents: ClosedRange<Int> = -22...22
    private static let significandLimit: Int64 = 1_000_000_000_000_000

    public static let zero = ExactDecimal(canonical: 0, 0)

    private init(canonical significand: Int64, _ exponent: Int) {
        self.significand = significand
        self.exponent = Int8(exponent)
    }

    /// Brings the number into canonical form; nil when it has more than 15 significant digits or its exponent is out of range.
    public init?(significand: Int64, exponent: Int) {
        guard significand != 0 else {
            self = .zero
            return
        }
        var significand = significand
        var exponent = exponent
        while significand % 10 == 0 {
            significand /= 10
            guard exponent < Int.max else { return nil }
            exponent += 1
        }
        guard significand.magnitude < UInt64(Self.significandLimit), Self.exponents.contains(exponent) else { return nil }
        self.init(canonical: significand, exponent)
    }

    /// The number of which this double is the nearest, or nil when no decimal of at most 15 digits in range has it.
    public init?(_ double: Double) {
        guard double.isFinite else { return nil }
        for (exponent, power) in Self.powersOfTen.enumerated() {
            let scaled = (double * power).rounded(.toNearestOrEven)
            guard scaled.magnitude < Double(Self.significandLimit) else { break }
            if scaled / power == double, let exact = ExactDecimal(significand: Int64(scaled), exponent: -exponent) {
                self = exact
                return
            }
        }
        for (exponent, power) in Self.powersOfTen.enumerated().dropFirst() {
            let scaled = (double / power).rounded(.toNearestOrEven)
            guard scaled.magnitude < Double(Self.significandLimit) else { continue }
            if scaled * power == double, let exact = ExactDecimal(significand: Int64(scaled), exponent: exponent) {
                self = exact
                return
            }
        }
        return nil
    }

    /// The nearest double. ``init(_:)-(Double)`` gives this number back from it.
    public var double: Double {
        exponent < 0
            ? Double(significand) / Self.powersOfTen[-Int(exponent)]
            : Double(significand) * Self.powersOfTen[Int(exponent)]
    }

    /// 10^0 to 10^22: the powers of ten that a double holds exactly.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
        1e22,
    ]
}

extension ExactDecimal {
    /// Reads `-12.50`, `3e6`, `.5`: what Table Schema allows for a number, without `NaN` and `INF`.
    ///
    /// Nil for anything else, and for more digits or a larger exponent than an exact decimal has.
    public init?(_ text: some StringProtocol) {
        var rest = Substring(text).utf8
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }

        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: Self.isDigit)
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard whole.count + fraction.count > 0, let power = Self.power(of: rest) else { return nil }

        var digits = (Array(whole) + Array(fraction)).drop { $0 == UInt8(ascii: "0") }
        var exponent = power - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        guard digits.count <= Self.maximumDigits else { return nil }
        let significand = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        self.init(significand: isNegative ? -significand : significand, exponent: exponent)
    }

    private static func isDigit(_ character: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
    }

    /// The power of ten that `e-3` stands for; zero for nothing, nil for anything else.
    private static func power(of text: Substring.UTF8View) -> Int? {
        guard let mark = text.first else { return 0 }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E"), text.count <= 6 else { return nil }
        return Int(Substring(text.dropFirst()))
    }
}

extension ExactDecimal: Comparable {
    /// Doubles of at most 15 digits are in the order of their decimals.
    public static func < (lhs: ExactDecimal, rhs: ExactDecimal) -> Bool { lhs.double < rhs.double }
}

extension ExactDecimal: CustomStringConvertible {
    /// Without exponent and without superfluous zeros: `-0.05`, `1249.4`, `3000000`.
    public var description: String {
        let digits = String(significand.magnitude)
        let sign = significand < 0 ? "-" : ""
        guard exponent < 0 else { return sign + digits + String(repeating: "0", count: Int(exponent)) }
        let padded = String(repeating: "0", count: max(0, 1 - Int(exponent) - digits.count)) + digits
        return "\(sign)\(padded.dropLast(-Int(exponent))).\(padded.suffix(-Int(exponent)))"
    }
}

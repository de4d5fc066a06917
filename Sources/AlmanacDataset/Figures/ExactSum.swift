import AlmanacModel

/// A sum of decimals without rounding.
struct ExactSum: Hashable, Sendable {
    /// Why there is no sum.
    enum Failure: Error {
        /// More than 38 digits, or a number that is no decimal of at most 15 digits.
        case notExact
    }

    private var significand: Int128 = 0
    private var exponent = 0
    /// How many numbers were added.
    private(set) var count = 0

    init() {}

    init(of values: some Swift.Sequence<Double>) throws(Failure) {
        for value in values { try add(value) }
    }

    mutating func add(_ value: Double) throws(Failure) {
        guard let decimal = ExactDecimal(value) else { throw .notExact }
        try add(decimal)
    }

    mutating func add(_ decimal: ExactDecimal) throws(Failure) {
        let lowest = min(exponent, Int(decimal.exponent))
        let own = try Self.scaled(significand, by: exponent - lowest)
        let other = try Self.scaled(Int128(decimal.significand), by: Int(decimal.exponent) - lowest)
        let (sum, isOver) = own.addingReportingOverflow(other)
        guard !isOver else { throw .notExact }
        (significand, exponent) = (sum, lowest)
        count += 1
    }

    private static func scaled(_ number: Int128, by power: Int) throws(Failure) -> Int128 {
        var number = number
        for _ in 0..<power where number != 0 {
            let (product, isOver) = number.multipliedReportingOverflow(by: 10)
            guard !isOver else { throw .notExact }
            number = product
        }
        return number
    }

    /// The nearest double: for ratios.
    var double: Double { Double(description) ?? .nan }

    /// All digits, without an exponent: `1249418.7321545`.
    var description: String {
        var digits = String(significand.magnitude)
        guard exponent < 0 else {
            return (significand < 0 ? "-" : "") + digits + (significand == 0 ? "" : String(repeating: "0", count: exponent))
        }
        digits = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
        var fraction = digits.suffix(-exponent)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = digits.dropLast(-exponent)
        return (significand < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : ".\(fraction)")
    }
}

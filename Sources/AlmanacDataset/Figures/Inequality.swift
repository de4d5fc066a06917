import Foundation

/// How unequally an amount is spread over some holders.
struct Inequality: Hashable, Sendable {
    /// Ascending.
    private let values: [Double]
    private let total: Double

    /// Nil where nothing is to be shared, or a share is negative: neither curve nor coefficient means anything then.
    init?(_ values: [Double]) {
        self.values = values.sorted()
        total = values.reduce(0, +)
        guard let least = self.values.first, least >= 0, total > 0, total.isFinite else { return nil }
    }

    var count: Int { values.count }

    /// The coefficient: 0 where all are equal, towards 1 where one has everything; (n − 1)/n is the most for n holders.
    var gini: Double {
        let n = Double(values.count)
        let weighted = values.enumerated().reduce(0) { $0 + Double($1.offset + 1) * ($1.element / total) }
        return min(1, max(0, 2 * weighted / n - (n + 1) / n))
    }

    /// The share of the whole, from 0 to 1, that the smallest holders have together: this part of them, from 0 to 1.
    /// Between two holders the curve is straight.
    func lorenz(_ part: Double) -> Double {
        let position = min(1, max(0, part)) * Double(values.count)
        let whole = min(values.count, Int(position.rounded(.down)))
        let below = values.prefix(whole).reduce(0, +)
        let partial = whole < values.count ? values[whole] * (position - Double(whole)) : 0
        return min(1, (below + partial) / total)
    }
}

extension Double {
    /// To so many decimal places.
    func rounded(places: Int) -> Double {
        let power = pow(10, Double(places))
        return (self * power).rounded() / power
    }
}

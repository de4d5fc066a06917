/// Some of many durations.
struct Quantiles: CustomStringConvertible {
    let count: Int
    let median: Duration
    let p99: Duration
    let longest: Duration

    init(_ durations: [Duration]) {
        let sorted = durations.sorted()
        func at(_ fraction: Double) -> Duration {
            sorted.isEmpty ? .zero : sorted[min(sorted.count - 1, Int(Double(sorted.count) * fraction))]
        }
        count = sorted.count
        median = at(0.5)
        p99 = at(0.99)
        longest = sorted.last ?? .zero
    }

    var description: String { "median \(median.shown), p99 \(p99.shown), longest \(longest.shown)" }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }

    /// In milliseconds, or in seconds from ten on.
    var shown: String {
        self < .seconds(10) ? "\(Int((seconds * 1_000).rounded())) ms" : "\((seconds * 10).rounded() / 10) s"
    }
}

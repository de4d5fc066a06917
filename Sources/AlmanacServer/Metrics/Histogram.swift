import Synchronization

/// How often a duration was at most so long, or something else so large.
final class Histogram: Metric {
    let name: String
    let help: String
    let kind = MetricKind.histogram
    /// Upper ends, ascending: in seconds where durations are observed.
    private let bounds: [Double]
    private let state: Mutex<State>

    private struct State {
        /// One more than there are bounds: the last is for what is longer.
        var counts: [UInt64]
        var sum = 0.0
    }

    init(_ name: String, _ help: String, bounds: [Double]) {
        self.name = name
        self.help = help
        self.bounds = bounds
        state = Mutex(State(counts: [UInt64](repeating: 0, count: bounds.count + 1)))
    }

    func observe(_ duration: Duration) { observe(duration / .seconds(1)) }

    /// In the unit of the bounds.
    func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] &+= 1
            state.sum += value
        }
    }

    var count: UInt64 { state.withLock { $0.counts.reduce(0, &+) } }

    var samples: [MetricSample] {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var (samples, total): ([MetricSample], UInt64) = ([], 0)
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
            total &+= count
            samples.append(MetricSample(suffix: "_bucket", label: ("le", bound), value: Double(total)))
        }
        return samples + [MetricSample(suffix: "_sum", value: sum), MetricSample(suffix: "_count", value: Double(total))]
    }
}

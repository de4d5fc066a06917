/// Counters that differ in one label, of which the values are known beforehand; whatever else comes counts as `other`.
final class CounterFamily: Metric {
    let name: String
    let help: String
    let kind = MetricKind.counter
    private let label: String
    private let values: [String]
    private let counters: [String: Counter]
    private let other: Counter

    init(_ name: String, _ help: String, label: String, values: [String]) {
        self.name = name
        self.help = help
        self.label = label
        self.values = values
        counters = Dictionary(values.map { ($0, Counter(name, help)) }) { first, _ in first }
        other = Counter(name, help)
    }

    func add(_ value: String, _ more: Int = 1) { (counters[value] ?? other).add(more) }

    /// The sum over all values.
    var total: UInt64 { counters.values.reduce(other.value) { $0 &+ $1.value } }

    subscript(_ value: String) -> UInt64 { (counters[value] ?? other).value }

    var samples: [MetricSample] {
        (values + ["other"]).map { value in MetricSample(label: (label, value), value: Double(self[value])) }
    }
}

/// Something that the server measures. Names and labels are fixed when it is made: nothing that a peer says becomes a label.
protocol Metric: Sendable {
    var name: String { get }
    /// A sentence for people.
    var help: String { get }
    var kind: MetricKind { get }
    /// Its values now.
    var samples: [MetricSample] { get }
}

/// The types that Prometheus knows.
enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}

/// One value.
struct MetricSample: Sendable {
    /// Behind the metric's name, as `_bucket`.
    var suffix = ""
    var label: (name: String, value: String)?
    let value: Double
}

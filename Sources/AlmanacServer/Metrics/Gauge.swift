import Synchronization

/// A value that goes up and down.
final class Gauge: Metric {
    let name: String
    let help: String
    let kind = MetricKind.gauge
    private let level = Atomic<Int>(0)

    init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }

    var value: Int { level.load(ordering: .relaxed) }

    func set(_ value: Int) { level.store(value, ordering: .relaxed) }

    func add(_ more: Int) { level.wrappingAdd(more, ordering: .relaxed) }

    var samples: [MetricSample] { [MetricSample(value: Double(value))] }
}

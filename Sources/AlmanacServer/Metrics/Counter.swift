import Synchronization

/// Counts up, from 0 at the start of the server.
final class Counter: Metric {
    let name: String
    let help: String
    let kind = MetricKind.counter
    private let count = Atomic<UInt64>(0)

    init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }

    var value: UInt64 { count.load(ordering: .relaxed) }

    func add(_ more: Int = 1) { count.wrappingAdd(UInt64(clamping: more), ordering: .relaxed) }

    var samples: [MetricSample] { [MetricSample(value: Double(value))] }
}

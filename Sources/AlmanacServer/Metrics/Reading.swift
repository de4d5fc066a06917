/// Values that are looked up when somebody asks; none where they cannot be known.
struct Reading: Metric {
    let name: String
    let help: String
    let kind: MetricKind
    private let read: @Sendable () -> [MetricSample]

    init(_ name: String, _ help: String, _ kind: MetricKind = .gauge, _ read: @escaping @Sendable () -> Double?) {
        self.init(name, help, kind, samples: { read().map { [MetricSample(value: $0)] } ?? [] })
    }

    init(_ name: String, _ help: String, _ kind: MetricKind = .gauge, samples: @escaping @Sendable () -> [MetricSample]) {
        self.name = name
        self.help = help
        self.kind = kind
        read = samples
    }

    var samples: [MetricSample] { read() }
}

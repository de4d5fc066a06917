/// The text format of Prometheus, version 0.0.4.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func render(_ metrics: [any Metric]) -> String {
        metrics.map(render).joined()
    }

    private static func render(_ metric: any Metric) -> String {
        let head = "# HELP \(metric.name) \(escaped(metric.help))\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
        return head + metric.samples.map { "\(metric.name)\(line($0))\n" }.joined()
    }

    private static func line(_ sample: MetricSample) -> String {
        let label = sample.label.map { "{\($0.name)=\"\(escaped($0.value).replacing("\"", with: "\\\""))\"}" } ?? ""
        return "\(sample.suffix)\(label) \(number(sample.value))"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}

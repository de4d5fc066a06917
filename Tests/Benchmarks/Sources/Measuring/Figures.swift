import Benchmark

/// What the benchmarks report beside the library's own metrics: whole numbers, for people to read off.
public enum Figures {
    public static let rowsPerSecond = BenchmarkMetric.custom("rows/s", polarity: .prefersLarger, useScalingFactor: false)
    public static let plainRowsPerSecond = BenchmarkMetric.custom(
        "plain insert, rows/s", polarity: .prefersLarger, useScalingFactor: false)
    public static let percentOfPlain = BenchmarkMetric.custom(
        "rate in % of plain insert", polarity: .prefersLarger, useScalingFactor: false)
    public static let bytesOfThousandRows = BenchmarkMetric.custom("bytes of 1,000 rows", useScalingFactor: false)
    public static let textBytesOfThousandRows = BenchmarkMetric.custom(
        "NDJSON+deflate, bytes of 1,000 rows", useScalingFactor: false)
    public static let percentOfText = BenchmarkMetric.custom("bytes in % of NDJSON+deflate", useScalingFactor: false)

    /// Whole rows in a second.
    public static func rate(_ rows: Int, in duration: Duration) -> Int { Int((Double(rows) / seconds(duration)).rounded()) }

    public static func percent(_ part: Int, of whole: Int) -> Int { Int((100 * Double(part) / Double(whole)).rounded()) }

    public static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}

extension Benchmark {
    /// Runs the body between the library's own start and stop, and says how long it took.
    public func timed(_ body: () throws -> Void) rethrows -> Duration {
        startMeasurement()
        defer { stopMeasurement() }
        return try ContinuousClock().measure(body)
    }
}

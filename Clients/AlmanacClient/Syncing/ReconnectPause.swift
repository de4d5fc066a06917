/// How long to wait before the next try: longer after each failure, and never for everybody the same.
struct ReconnectPause {
    private var failures = 0

    private static let shortest = Duration.seconds(1)
    private static let longest = Duration.seconds(30)

    /// Between a quarter and the whole of a bound that doubles. Ten thousand clients of one server that restarts come back spread out.
    mutating func next(_ random: (ClosedRange<Double>) -> Double = { Double.random(in: $0) }) -> Duration {
        let bound = min(Self.longest, Self.shortest * (1 << min(failures, 6)))
        failures += 1
        return bound * random(0.25...1)
    }
}

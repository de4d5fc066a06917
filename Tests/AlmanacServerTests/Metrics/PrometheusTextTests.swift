import Testing

@testable import AlmanacServer

@Suite struct PrometheusTextTests {
    @Test func countersAndFamilies() {
        let counter = Counter("a_total", "What \\ is\ncounted.")
        counter.add(3)
        let family = CounterFamily("b_total", "By.", label: "why", values: ["x", "y"])
        family.add("y", 2)
        family.add("a peer's \"text\"\n")
        #expect(
            PrometheusText.render([counter, family]) == """
                # HELP a_total What \\\\ is\\ncounted.
                # TYPE a_total counter
                a_total 3
                # HELP b_total By.
                # TYPE b_total counter
                b_total{why="x"} 0
                b_total{why="y"} 2
                b_total{why="other"} 1

                """)
        #expect(family.total == 3)
    }

    @Test func histogramsAreCumulative() {
        let histogram = Histogram("c_seconds", "How long.", bounds: [0.5, 1])
        for milliseconds in [100, 500, 700, 5_000] { histogram.observe(.milliseconds(milliseconds)) }
        #expect(
            PrometheusText.render([histogram]).hasSuffix(
                """
                c_seconds_bucket{le="0.5"} 2
                c_seconds_bucket{le="1.0"} 3
                c_seconds_bucket{le="+Inf"} 4
                c_seconds_sum 6.3
                c_seconds_count 4

                """))
    }

    @Test func namesAreUniqueAndWellFormed() {
        let metrics = ServerMetrics(cache: DeltaCache()).all
        let names = metrics.map(\.name)
        #expect(Set(names).count == names.count)
        for metric in metrics {
            #expect(metric.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
            #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter))
            #expect(metric.help.hasSuffix("."))
        }
    }
}

import AlmanacReplica

/// The Lorenz curve of a list in tenths, and its Gini coefficient.
struct LorenzCurve {
    private let list: ConcentrationList
    private let inequality: Inequality?
    private let count: Int

    /// With fewer rows neither says anything.
    static let minimum = 10

    init(_ list: ConcentrationList) {
        self.list = list
        let values = list.values
        count = values.count
        inequality = values.count >= Self.minimum ? Inequality(values) : nil
    }

    var answer: Answer {
        Answer(
            kind: "lorenz_point",
            columns: [
                .init("holders", "smallest", .percent), .init("share", "have", .percent), .init("measure", nil, .hidden),
                .init("edition", nil, .hidden), .init("source"),
            ],
            rows: inequality.map { curve in
                (0...10).map { tenth in
                    [
                        .integer(Int64(tenth * 10)), .real((curve.lorenz(Double(tenth) / 10) * 100).rounded(places: 2)),
                        .text(list.measure.rawValue), .text(list.edition), .text(list.sources),
                    ]
                }
            } ?? [])
    }

    var coefficient: Answer {
        Answer(
            kind: "gini",
            columns: [
                .init("gini"), .init("over", "over"), .init("rows", nil, .hidden), .init("measure", nil, .hidden),
                .init("edition"), .init("source"),
            ],
            rows: inequality.map {
                [
                    [
                        .real($0.gini.rounded(places: 4)), .text(over), .integer(Int64($0.count)), .text(list.measure.rawValue),
                        .text(list.edition), .text(list.sources),
                    ]
                ]
            } ?? [])
    }

    private var over: String {
        switch list.measure.among {
        case .clusters: "ranks 1 to \(list.rows.filter(\.isInWholeList).compactMap(\.rank).max() ?? 0), known without a gap"
        case .companies: "the \(FigureText.number(Double(count))) companies listed with the figure"
        }
    }

    var notes: [String] {
        if inequality != nil {
            return list.measure.among == .clusters
                ? ["The curve and the Gini coefficient are over \(over); over all clusters of the world they would be higher."]
                : []
        }
        guard count >= Self.minimum else {
            return [
                """
                No curve and no Gini coefficient: \
                \(list.measure.among == .clusters ? "the list is known without a gap for" : "the figure is known for") \(count) only, \
                and fewer than \(Self.minimum) say nothing.
                """
            ]
        }
        return ["No curve and no Gini coefficient: a figure is negative, or all are zero."]
    }
}

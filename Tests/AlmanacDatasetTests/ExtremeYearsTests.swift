import AlmanacReplica
import Testing

@testable import AlmanacDataset

/// What a dataset without constraints may hold.
@Suite struct ExtremeYearsTests {
    private func figure(_ year: Int64) -> DatasetRow {
        let cells: [String: Answer.Cell] = [
            "indicator": .text("i"), "what": .text("What"), "year": .integer(year), "value": .integer(1), "source": .text("page"),
        ]
        let names = cells.keys.sorted()
        return DatasetRow(names: Dictionary(uniqueKeysWithValues: zip(names, 0...)), cells: names.map { cells[$0] ?? .null })
    }

    @Test func theyAreNoSeries() {
        let found = FigureSeries.found(in: [.min, 0, 1, .max].map(figure))
        #expect(found.series.isEmpty)
        #expect(found.others.count == 4)
        #expect(FigureSeries.found(in: (2_000...2_003).map(figure)).series.map(\.span) == ["2000–2003"])
    }

    @Test func theNewestComesFirst() {
        let rows = ComparedRow.all(of: [[.min, .max, 2_020].map(figure)])
        #expect(rows.map(\.identity.year) == [.max, 2_020, .min])
    }
}

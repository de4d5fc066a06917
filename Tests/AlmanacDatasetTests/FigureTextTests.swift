import AlmanacReplica
import Testing

@testable import AlmanacDataset

@Suite struct FigureTextTests {
    private func text(_ cells: [String: Answer.Cell]) -> String? {
        let names = cells.keys.sorted()
        let row = DatasetRow(names: Dictionary(uniqueKeysWithValues: zip(names, 0...)), cells: names.map { cells[$0] ?? .null })
        return FigureText(row).text
    }

    @Test func qualifiersStay() {
        #expect(text(["value": .real(20), "unit": .text("percent"), "precision": .text("nearly")]) == "nearly 20 %")
        #expect(text(["value": .real(1.5), "precision": .text("approximately")]) == "about 1.5")
        #expect(text(["value": .integer(3), "precision": .text("projected")]) == "3 (projected)")
        #expect(
            text(["value": .integer(31), "precision": .text("projected"), "qualifier": .text("more than; projected")])
                == "31 (more than; projected)")
        #expect(
            text(["value": .integer(3), "precision": .text("unspecified"), "qualifier": .text("in order of mention")])
                == "3 (in order of mention)")
    }

    @Test func boundsAreSaid() {
        #expect(text(["upper": .integer(5), "unit": .text("rank")]) == "5 or better")
        #expect(text(["upper": .integer(5), "unit": .text("percent")]) == "at most 5 %")
        #expect(text(["lower": .integer(5), "currency": .text("USD"), "unit": .text("billion")]) == "at least USD 5 billion")
        #expect(text(["lower": .integer(2), "upper": .integer(4), "unit": .text("hubs")]) == "2 to 4 hubs")
    }

    @Test func wordsWhereNoNumberIs() {
        #expect(text(["value_text": .text("continuing")]) == "continuing")
        #expect(text([:]) == nil)
    }

    @Test(arguments: [
        (2_025.0, "2025"), (38_067, "38,067"), (-1_454_976, "-1,454,976"), (0.1, "0.1"), (12_345.678, "12,345.678"), (0, "0"),
        (123_456_789_012_345, "123,456,789,012,345"),
    ])
    func digitsStayExact(_ value: Double, _ text: String) { #expect(FigureText.number(value) == text) }
}

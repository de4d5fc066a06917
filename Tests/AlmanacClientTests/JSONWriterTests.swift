import TestSupport
import AlmanacReplica
import Foundation
import Testing

@testable import AlmanacClient

/// Query results and messages for programs.
struct JSONWriterTests {
    private static let rows: [[RawQuery.Cell]] = [[.integer(1), .text("ä\"\\\n\u{1b}\u{202e}\u{1f468}")], [.null, .real(0.1)]]

    private static func written(_ shape: JSONWriter.Shape, _ rows: [[RawQuery.Cell]] = rows) throws -> String {
        let page = Page()
        return try page.write(JSONWriter(shape, sink: page.sink), ["a", "b"], rows).text
    }

    @Test func anArrayComesBackFromAnotherReader() throws {
        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.written(.array).utf8)) as? [[String: Any]])
        #expect(objects.count == 2)
        #expect(objects[0]["b"] as? String == "ä\"\\\n\u{1b}\u{202e}\u{1f468}")
        #expect(objects[1]["a"] is NSNull)
        #expect(objects[1]["b"] as? Double == 0.1)
    }

    @Test func anEmptyResultIsAnEmptyArray() throws {
        let object = try JSONSerialization.jsonObject(with: Data(Self.written(.array, []).utf8)) as? [Any]
        #expect(object?.isEmpty == true)
    }

    @Test func linesStandAlone() throws {
        #expect(try Self.written(.lines, [[.integer(1), .null]]) == "{\"a\":1,\"b\":null}\n")
    }

    @Test func messagesSayWhatTheyAre() throws {
        let text = try Self.written(.messages, [[.integer(1), .null]])
        #expect(text == "{\"message_type\":\"row\",\"row\":{\"a\":1,\"b\":null}}\n{\"message_type\":\"summary\",\"rows\":1}\n")
    }

    @Test func everyStringComesBack() throws {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<2_000 {
            let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32(random.number(0...0x10ffff))) }
            let text = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
            let decoded = try JSONDecoder().decode([String].self, from: Data(JSONValue.array([.string(text)]).text.utf8))
            #expect(decoded.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true, "seed 8: \(text.debugDescription)")
        }
    }

    private static let numbers: [(Double, String)] = [
        (0.1, "0.1"), (9, "9"), (-1.5, "-1.5"), (1e22, "1e+22"), (123_456_789_012_345, "123456789012345"),
        (1 / 3.0, "0.3333333333333333"), (.leastNonzeroMagnitude, "4.94065645841247e-324"),
    ]

    @Test(arguments: numbers)
    func numbersComeBackExactly(_ number: Double, _ text: String) {
        #expect(CellText.real(number) == text)
        #expect(Double(text) == number)
    }

    @Test func whatJSONCannotSayIsNull() {
        #expect(CellText.json(.real(.infinity)) == .null)
        #expect(CellText.json(.real(.nan)) == .null)
    }

    @Test func columnsOfOneNameGetNumbers() {
        #expect(ColumnNames.distinct(["id", "id", "id_2", "id"]) == ["id", "id_2", "id_2_2", "id_3"])
    }
}

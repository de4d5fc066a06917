import AlmanacModel
import AlmanacPackage
import Testing

@Suite struct LargeFileTests {
    @Test func aHundredThousandRowsStream() throws {
        let count = 100_000
        let fields = [
            #"{"name": "key"}"#, #"{"name": "n", "type": "integer"}"#, #"{"name": "share", "type": "number"}"#,
            #"{"name": "note"}"#,
        ]
        let rows = (1...count).map { "key-\($0),\($0),\($0 % 1_000).5,\"line one\nline \($0)\"\n" }.joined()
        let folder = try TemporaryFolder()
        var fixture = Fixture(fields: fields, data: "key,n,share,note\n\(rows)")
        fixture.resource += #", "almanac:id": 20"#
        try fixture.write(to: folder)
        let package = try DataPackage.read(at: folder.path)
        let source = try #require(try package.imports(into: try package.schema(over: .system)).first)
        var reader = try source.rows()
        var seen = 0
        while let row = try reader.next() {
            seen += 1
            guard row.number == seen, row.line == 2 * seen, row.key == Text("key-\(seen)"),
                row.values.dropFirst().first?.value == .value(.integer(Int64(seen)))
            else {
                Issue.record("row \(seen) is not what was written: \(row)")
                return
            }
        }
        #expect(seen == count && reader.report.isEmpty && reader.report.rowCount == count)

        try folder.write("key,n,share,note\n\(rows)key-1,x,,\n", to: "things.csv")
        let report = try source.validate()
        #expect(report.problems.map(\.rule) == [.unique(firstRow: 1), .type(expected: "integer")])
        #expect(report.problems.map(\.line) == [2 * count + 2, 2 * count + 2])
    }
}

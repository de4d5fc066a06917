import TestSupport
import AlmanacModel
import AlmanacPackage
import Testing

@Suite struct CSVHostileTests {
    private static let alphabet = ["a", "7", " ", ",", "\"", "\"\"", "\n", "\r\n", "é", "😀", "=", ";", "\t", ""]

    private static func table(_ random: inout SeededGenerator) -> [[String]] {
        let columns = Int.random(in: 1...5, using: &random)
        return (0..<Int.random(in: 1...8, using: &random)).map { _ in
            (0..<columns).map { _ in
                (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.alphabet.randomElement(using: &random) ?? "" }
                    .joined()
            }
        }
    }

    private static func written(_ table: [[String]], _ random: inout SeededGenerator) -> String {
        table.map { row in
            row.map { value in
                let needsQuotes = value.contains { "\",\n\r\r\n".contains($0) } || Bool.random(using: &random)
                return needsQuotes ? "\"\(value.replacing("\"", with: "\"\""))\"" : value
            }.joined(separator: ",") + (Bool.random(using: &random) ? "\n" : "\r\n")
        }.joined()
    }

    @Test func whatIsWrittenIsReadInPiecesOfAnySize() throws {
        let seed: UInt64 = 31
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let table = Self.table(&random)
            let bytes = Array(Self.written(table, &random).utf8)
            let seen = try Seen.all(bytes, step: Int.random(in: 1...9, using: &random))
            #expect(seen.allSatisfy { $0.problem == nil }, "seed \(seed)")
            #expect(seen.map(\.fields) == table.map { $0.map { Array($0.utf8) } }, "seed \(seed)")
        }
    }

    private static let vector = Array(
        "\u{FEFF}key,name,note\r\na,\"x, \"\"y\"\"\",é\nb,\"two\r\nlines\",\nc,,😀 \"\n\"d\"e,1,2\nf,g\0,h\ri\n".utf8)

    @Test func truncationAtEveryByteKeepsWhatCameBefore() throws {
        let whole = try Seen.all(Self.vector)
        for end in Self.vector.indices {
            let part = try Seen.all(Array(Self.vector[..<end]))
            #expect(part.count <= whole.count)
            for (seen, expected) in zip(part.dropLast(), whole) { #expect(seen == expected) }
            #expect(try Seen.all(Array(Self.vector[..<end]), step: 1) == part)
        }
    }

    @Test func mutationsNeverTrapAndNeverDependOnThePieces() throws {
        let seed: UInt64 = 32
        var random = SeededGenerator(seed: seed)
        let interesting: [UInt8] = [0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x80, 0xc3, 0xff]
        for round in 0..<20_000 {
            var bytes = Self.vector
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes.remove(at: index)
                case 1: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: index)
                case 2: bytes[index] = interesting.randomElement(using: &random) ?? 0
                default: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
                }
            }
            let seen = try Seen.all(bytes)
            #expect(try Seen.all(bytes, step: 1 + round % 5) == seen, "seed \(seed), round \(round)")
            #expect(seen.reduce(0) { $0 + $1.fields.reduce(0) { $0 + $1.count } } <= bytes.count)
            #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.line < $1.line })
        }
    }

    @Test func aWholeImportOfMutatedFilesNeverTraps() throws {
        let seed: UInt64 = 33
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let vector = Array(
            "key,n,d,i,u,s,b,q\nk1,-1.5e3,2024-02-29,2024-01-01T00:00:00.5Z,00112233-4455-6677-8899-aabbccddeeff,\"[\"\"a\"\"]\",true,7\n"
                .utf8)
        var fixture = Fixture(
            fields: [
                #"{"name": "key"}"#, #"{"name": "n", "type": "number"}"#, #"{"name": "d", "type": "date"}"#,
                #"{"name": "i", "type": "datetime"}"#,
                #"{"name": "u", "format": "uuid"}"#, #"{"name": "s", "type": "array"}"#, #"{"name": "b", "type": "boolean"}"#,
                #"{"name": "q", "type": "integer"}"#,
            ])
        fixture.data = String(decoding: vector, as: UTF8.self)
        try fixture.write(to: folder)
        let package = try DataPackage.read(at: folder.path)
        let source = try #require(try package.imports(into: try package.schema(over: .system)).first)
        #expect(try source.validate().isEmpty)
        for _ in 0..<2_000 {
            var bytes = vector
            for _ in 0..<3 {
                bytes[Int.random(in: 18..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            try folder.write(bytes, to: "things.csv")
            let (report, rows) = try readAll(source)
            #expect(report.isEmpty == (rows.count == report.rowCount), "seed \(seed)")
            for problem in report.problems {
                #expect(!problem.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f })
            }
        }
    }
}

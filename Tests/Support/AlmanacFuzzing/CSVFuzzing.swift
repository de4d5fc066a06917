import AlmanacPackage

/// A CSV file. The first byte chooses the dialect, the second the pieces in which the rest comes a second time.
enum CSVFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var choices = Choices(bytes)
        let (dialect, piece) = (dialects[choices.index(below: dialects.count)], 1 + choices.index(below: 32))
        let content = choices.remaining()
        let whole = try read(content, piece: .max, dialect)
        try Finding.unless(try read(content, piece: piece, dialect) == whole, "pieces of \(piece) bytes make other records")
        let good = whole.filter { $0.problem == nil }
        let again = try read(good.flatMap(write), piece: .max, .headless)
        try Finding.unless(again.map(\.fields) == good.map(\.fields), "good records are others when they are written again")
    }

    private static let dialects =
        [.standard, .headless]
        + [
            CSVDialect(delimiter: ";", quote: "'"), CSVDialect(delimiter: "\t"), CSVDialect(delimiter: "|", doublesQuotes: false),
        ].compactMap(\.self)

    private static func read(_ bytes: [UInt8], piece: Int, _ dialect: CSVDialect) throws -> [Seen] {
        var reader = CSVReader(Pieces(rest: bytes[...], size: piece), dialect: dialect)
        var record = CSVRecord()
        var seen: [Seen] = []
        while try reader.next(into: &record) {
            try Finding.unless(record.line >= seen.last?.line ?? 1, "the lines run backwards")
            seen.append(Seen(record))
        }
        return seen
    }

    /// In the standard dialect, every field in quotes.
    private static func write(_ record: Seen) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        let fields = record.fields.map { field in [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote] }
        return Array(fields.joined(separator: [UInt8(ascii: ",")])) + [0x0a]
    }
}

/// What a reader made of one record.
private struct Seen: Equatable {
    let fields: [[UInt8]]
    let line: Int
    let problem: CSVProblem?

    init(_ record: CSVRecord) {
        fields = (0..<min(record.fieldCount, CSVLimits.maximumColumns)).map { Array(record.field($0)) }
        line = record.line
        problem = record.problem
    }
}

private struct Pieces: ByteSource {
    var rest: ArraySlice<UInt8>
    let size: Int

    mutating func read(atMost count: Int) throws(PackageError) -> [UInt8] {
        let piece = Array(rest.prefix(min(size, count)))
        rest = rest.dropFirst(piece.count)
        return piece
    }
}

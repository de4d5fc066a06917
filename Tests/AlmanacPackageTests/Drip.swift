import AlmanacPackage

/// Bytes that come a few at a time.
struct Drip: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let step: Int

    init(_ bytes: [UInt8], step: Int) {
        rest = bytes[...]
        self.step = step
    }

    mutating func read(atMost count: Int) throws(PackageError) -> [UInt8] {
        let piece = Array(rest.prefix(min(step, count)))
        rest = rest.dropFirst(piece.count)
        return piece
    }
}

/// What a reader made of one record.
struct Seen: Equatable {
    let fields: [[UInt8]]
    let fieldCount: Int
    let line: Int
    let problem: CSVProblem?

    init(_ record: CSVRecord) {
        fields = (0..<min(record.fieldCount, CSVLimits.maximumColumns)).map { Array(record.field($0)) }
        fieldCount = record.fieldCount
        line = record.line
        problem = record.problem
    }

    static func all(_ bytes: [UInt8], step: Int = .max, dialect: CSVDialect = .standard) throws -> [Seen] {
        var reader = CSVReader(Drip(bytes, step: step), dialect: dialect)
        var record = CSVRecord()
        var seen: [Seen] = []
        while try reader.next(into: &record) { seen.append(Seen(record)) }
        return seen
    }
}

import AlmanacModel

/// Reads RFC 4180 strictly, record by record, in constant memory.
///
/// Nothing is trimmed or repaired: spaces and leading zeros are values. A byte-order mark at the beginning is skipped. After
/// something wrong it goes on with the next field or record, so that one pass finds everything.
public struct CSVReader<Source: ByteSource> {
    private enum State {
        case fieldStart, plain, quoted, afterQuote, afterCarriageReturn
    }

    private static var pieceSize: Int { 262_144 }

    private let dialect: CSVDialect
    /// For each byte, whether it means something in a plain field.
    private let isSpecial: [Bool]
    private var source: Source
    private var piece: [UInt8] = []
    private var index = 0
    private var hasBegun = false
    private var state = State.fieldStart
    private var line = 1
    private var quoteLine = 1

    /// How many fields a record has to have; set by the first record unless stated.
    public private(set) var columnCount: Int?

    public init(_ source: Source, dialect: CSVDialect = .standard, columnCount: Int? = nil) {
        self.source = source
        self.dialect = dialect
        self.columnCount = columnCount
        var isSpecial = [Bool](repeating: false, count: 256)
        for byte in [dialect.delimiter, dialect.quote, 0x0a, 0x0d, 0x00] { isSpecial[Int(byte)] = true }
        self.isSpecial = isSpecial
    }

    /// Reads the next record into the given one, whose storage it uses again; false at the end of the file.
    ///
    /// - Throws: when the source cannot be read. What is wrong with the file itself is the record's ``CSVRecord/problem``.
    public mutating func next(into record: inout CSVRecord) throws(PackageError) -> Bool {
        if !hasBegun { try begin() }
        record.reset(line: line)
        while true {
            if index >= piece.count, try !refill() { return finish(&record) }
            if scan(&record) {
                check(&record)
                return true
            }
        }
    }

    /// Skips a byte-order mark.
    private mutating func begin() throws(PackageError) {
        hasBegun = true
        while piece.count < 3 {
            let more = try source.read(atMost: Self.pieceSize)
            if more.isEmpty { break }
            piece += more
        }
        if piece.starts(with: [0xef, 0xbb, 0xbf]) { index = 3 }
    }

    private mutating func refill() throws(PackageError) -> Bool {
        piece = try source.read(atMost: Self.pieceSize)
        index = 0
        return !piece.isEmpty
    }
}

extension CSVReader {
    /// Goes through the piece; true when the record has ended.
    private mutating func scan(_ record: inout CSVRecord) -> Bool {
        while index < piece.count {
            let ended =
                switch state {
                case .fieldStart: scanStart(&record)
                case .plain: scanPlain(&record)
                case .quoted: scanQuoted(&record)
                case .afterQuote: scanAfterQuote(&record)
                case .afterCarriageReturn: scanAfterCarriageReturn(&record)
                }
            if ended { return true }
        }
        return false
    }

    private mutating func scanStart(_ record: inout CSVRecord) -> Bool {
        guard piece[index] == dialect.quote else {
            state = .plain
            return false
        }
        index += 1
        quoteLine = line
        state = .quoted
        return false
    }

    private mutating func scanPlain(_ record: inout CSVRecord) -> Bool {
        var end = index
        while end < piece.count, !isSpecial[Int(piece[end])] { end += 1 }
        append(index..<end, to: &record)
        index = end
        return end < piece.count && scanSpecial(&record)
    }

    /// The byte means something in a plain field.
    private mutating func scanSpecial(_ record: inout CSVRecord) -> Bool {
        let byte = piece[index]
        switch byte {
        case 0x0a:
            endRecord(&record)
            return true
        case dialect.delimiter:
            record.endField()
            state = .fieldStart
        case 0x0d:
            state = .afterCarriageReturn
        default:
            record.note(byte == 0 ? .nul : .bareQuote, line: line)
            append(index..<(index + 1), to: &record)
        }
        index += 1
        return false
    }

    private mutating func scanQuoted(_ record: inout CSVRecord) -> Bool {
        var end = index
        while end < piece.count, piece[end] != dialect.quote {
            if piece[end] == 0x0a { line += 1 }
            if piece[end] == 0 { record.note(.nul, line: line) }
            end += 1
        }
        append(index..<end, to: &record)
        index = end
        if end < piece.count {
            index += 1
            state = .afterQuote
        }
        return false
    }

    private mutating func scanAfterQuote(_ record: inout CSVRecord) -> Bool {
        let byte = piece[index]
        switch byte {
        case dialect.delimiter, 0x0a, 0x0d: return scanSpecial(&record)
        case dialect.quote where dialect.doublesQuotes:
            append(index..<(index + 1), to: &record)
            index += 1
            state = .quoted
        default:
            record.note(.textAfterQuote, line: line)
            state = .plain
        }
        return false
    }

    private mutating func scanAfterCarriageReturn(_ record: inout CSVRecord) -> Bool {
        if piece[index] == 0x0a {
            endRecord(&record)
            return true
        }
        record.note(.bareCarriageReturn, line: line)
        if record.fieldCount < CSVLimits.maximumColumns, record.currentFieldSize < CSVLimits.maximumFieldSize.rawValue {
            record.bytes.append(0x0d)
        }
        state = .plain
        return false
    }

    private mutating func endRecord(_ record: inout CSVRecord) {
        index += 1
        line += 1
        record.endField()
        state = .fieldStart
    }

    /// Keeps what fits: a field's first bytes, and nothing of columns beyond the last.
    private func append(_ range: Range<Int>, to record: inout CSVRecord) {
        guard record.fieldCount < CSVLimits.maximumColumns else { return }
        let room = CSVLimits.maximumFieldSize.rawValue - record.currentFieldSize
        if range.count > room {
            record.note(.fieldTooLong(limit: CSVLimits.maximumFieldSize), line: state == .quoted ? quoteLine : line)
        }
        record.bytes.append(contentsOf: piece[range].prefix(room))
    }
}

extension CSVReader {
    /// The end of the file; true when it ends a record.
    private mutating func finish(_ record: inout CSVRecord) -> Bool {
        let isNothing = state == .fieldStart && record.fieldCount == 0
        if isNothing { return false }
        if state == .quoted { record.note(.unterminatedQuote, line: quoteLine) }
        if state == .afterCarriageReturn { record.note(.bareCarriageReturn, line: line) }
        record.endField()
        state = .fieldStart
        check(&record)
        return true
    }

    private mutating func check(_ record: inout CSVRecord) {
        guard record.fieldCount <= CSVLimits.maximumColumns else {
            record.note(.tooManyColumns(limit: CSVLimits.maximumColumns), line: record.line)
            return
        }
        checkText(&record)
        let expected = columnCount ?? record.fieldCount
        columnCount = expected
        if record.fieldCount != expected {
            record.note(.columnCount(expected: expected, found: record.fieldCount), line: record.line)
        }
    }

    private func checkText(_ record: inout CSVRecord) {
        guard record.bytes.contains(where: { $0 >= 0x80 }) else { return }
        for index in record.ends.indices where String(validating: record.field(index), as: UTF8.self) == nil {
            if record.problem == nil { record.problem = CSVProblem(rule: .notUTF8, line: record.line, column: index) }
        }
    }
}

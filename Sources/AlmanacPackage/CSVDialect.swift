import AlmanacModel

/// How a CSV file is written. Lines end in CR LF or LF, whichever comes.
///
/// Source: RFC 4180 and https://specs.frictionlessdata.io/csv-dialect/
public struct CSVDialect: Hashable, Sendable {
    /// An ASCII character.
    public let delimiter: UInt8
    /// An ASCII character.
    public let quote: UInt8
    /// Whether two quotes within quotes stand for one; otherwise quoted values have none.
    public let doublesQuotes: Bool
    /// Whether the first line names the columns; otherwise they come as the schema lists them.
    public let hasHeader: Bool

    /// Commas, double quotes (doubled within quotes), a header.
    public static let standard = CSVDialect(
        delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), doublesQuotes: true, hasHeader: true)

    /// The standard dialect without a header.
    public static let headless = CSVDialect(
        delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), doublesQuotes: true, hasHeader: false)

    private init(delimiter: UInt8, quote: UInt8, doublesQuotes: Bool, hasHeader: Bool) {
        self.delimiter = delimiter
        self.quote = quote
        self.doublesQuotes = doublesQuotes
        self.hasHeader = hasHeader
    }

    /// Nil when delimiter and quote are the same or not printable ASCII (the delimiter may be a tab).
    public init?(delimiter: Character, quote: Character = "\"", doublesQuotes: Bool = true, hasHeader: Bool = true) {
        guard let delimiter = Self.mark(delimiter), let quote = Self.mark(quote), delimiter != quote, quote != 0x09 else {
            return nil
        }
        self.init(delimiter: delimiter, quote: quote, doublesQuotes: doublesQuotes, hasHeader: hasHeader)
    }

    private static func mark(_ character: Character) -> UInt8? {
        guard let value = character.asciiValue, character.utf8.count == 1, value == 0x09 || (0x20...0x7e).contains(value) else {
            return nil
        }
        return value
    }
}

extension CSVDialect {
    private static let inert: Set<String> = ["csvddfVersion", "caseSensitiveHeader"]
    private static let known: Set<String> = [
        "delimiter", "quoteChar", "doubleQuote", "header", "lineTerminator", "skipInitialSpace",
    ]

    /// The dialect of a resource.
    init(of resource: Descriptor) throws(PackageError) {
        if case .text = resource.members["dialect"] { throw resource.refuse(.separateFile, at: "dialect") }
        guard let descriptor = try resource.object("dialect") else {
            self = .standard
            return
        }
        for name in descriptor.members.keys.sorted() where !Self.known.union(Self.inert).contains(name.string) {
            throw descriptor.refuse(.unsupportedDialect("Almanac's reader has no such setting"), at: name.string)
        }
        try Self.checkLayout(descriptor)
        let delimiter = try descriptor.string("delimiter") ?? ","
        let quote = try descriptor.string("quoteChar") ?? "\""
        guard delimiter.count == 1, quote.count == 1, let first = delimiter.first, let mark = quote.first,
            let dialect = try CSVDialect(
                delimiter: first, quote: mark, doublesQuotes: descriptor.boolean("doubleQuote") ?? true,
                hasHeader: descriptor.boolean("header") ?? true)
        else {
            throw descriptor.refuse(.unsupportedDialect("delimiter and quote have to be two different ASCII characters"))
        }
        self = dialect
    }

    private static func checkLayout(_ descriptor: Descriptor) throws(PackageError) {
        if try descriptor.boolean("skipInitialSpace") == true {
            throw descriptor.refuse(.unsupportedDialect("spaces are part of a value"), at: "skipInitialSpace")
        }
        if let end = try descriptor.string("lineTerminator"), end != "\n", end != "\r\n" {
            throw descriptor.refuse(.unsupportedDialect("lines end in CR LF or LF"), at: "lineTerminator")
        }
    }
}

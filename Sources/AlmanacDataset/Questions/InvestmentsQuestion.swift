import AlmanacReplica

/// `almanac investments`: money into places, organisations and programmes, as stated.
public struct InvestmentsQuestion: Question {
    /// What an investment has to fit; nil fits all.
    public struct Filter: Hashable, Sendable {
        /// A place with what lies in it, a cluster with its places, or an economy as the place itself.
        public var place: String?
        /// The investor or the recipient.
        public var organisation: String?
        public var programme: String?
        /// The economy in which the place lies.
        public var economy: String?
        /// Words of it, or how one begins.
        public var technology: String?
        public var kind: String?
        /// Years, both included.
        public var years: ClosedRange<Int>?
        /// The ISO 4217 code.
        public var currency: String?

        public init() {}
    }

    public var filter: Filter
    /// Sums instead of rows.
    public var isTotal: Bool

    public init(_ filter: Filter = Filter(), isTotal: Bool = false) {
        self.filter = filter
        self.isTotal = isTotal
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_investments")
        let selection = try InvestmentSelection(filter, in: dataset)
        if isTotal { return try InvestmentTotals(selection.rows).reply() }
        let columns = Self.columns
        let answer = Answer(
            kind: "investment", columns: columns, rows: selection.rows.map { row in columns.map { row[$0.name] } })
        return Reply(answer, notes: selection.notes + SourceNote.notes(of: selection.rows))
    }

    private static let columns: [Answer.Column] =
        [
            .init("stated", "amount", .prose), .init("what", nil, .prose), .init("who", nil, .prose),
            .init("place_name", "where", .prose), .init("source", nil, .prose), .init("period", nil, .prose), .init("kind"),
            .init("scope"), .init("statement"),
        ]
        + [
            "economy", "key", "record", "status", "investor", "recipient", "places", "programme", "technologies", "year", "value",
            "lower", "upper", "unit", "currency", "amount", "qualifier", "precision", "edition", "note", "source_url",
        ].map { .init($0, nil, .hidden) }
}

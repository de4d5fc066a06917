import AlmanacModel

/// How a table of a foreign shape becomes rows of a collection: a JSON document of our own format, read strictly.
///
/// The format is described in `Sources/AlmanacDataset/Mappings/README.md`.
public struct Mapping: Sendable {
    /// What messages call the document.
    public let file: String
    public let title: String
    /// Where the rows go.
    public let collection: Identifier
    public let subject: MappedSubject?
    /// What the rows need and the dataset may lack, by collection.
    public let records: [MappingRecords]

    /// Columns of the table of which nothing is taken.
    let unused: [String]
    /// Texts that mean "no value".
    let missing: Set<Text>
    let years: MappedYears?
    /// The column of the figures, where the years are not columns.
    let value: String?
    let fields: [Identifier: MappingTemplate]
}

/// Where the year of a figure stands.
enum MappedYears: Hashable, Sendable {
    /// In the header: a column for each year, named by the pattern with the year in place of `{year}`.
    case columns(pattern: String, years: ClosedRange<Int>)
    /// Nowhere: rows of one value of the column `group` stand together; the first so many are something else, then comes a row for
    /// each year.
    case order(group: String, skipped: Int, years: ClosedRange<Int>)

    var years: ClosedRange<Int> {
        switch self {
        case .columns(_, let years), .order(_, _, let years): years
        }
    }
}

/// How the table's names lead to records of the dataset.
public struct MappedSubject: Sendable {
    /// Where names are looked for.
    public let sources: [Source]
    let column: String
    /// The name stands behind the last of these.
    let separator: String?
    /// With what the key of a record that may be meant begins; empty for anything.
    let prefixes: [String]
    /// Names that the dataset does not have, and the keys of what they mean.
    let names: [String: Text]
    /// Names whose rows are left out.
    let ignored: Set<String>

    /// A collection with names: one of its fields is the name, another the key that is meant.
    public struct Source: Hashable, Sendable {
        public let collection: Identifier
        public let name: Identifier
        /// The collection's key, or a reference.
        public let key: Identifier
    }

    func accepts(_ key: Text) -> Bool { prefixes.isEmpty || prefixes.contains { key.string.hasPrefix($0) } }
}

/// Records of one collection that a mapping brings along.
public struct MappingRecords: Sendable {
    public let collection: Identifier
    /// Each with its values by field, written as in a CSV file.
    let rows: [[Identifier: Text]]
}

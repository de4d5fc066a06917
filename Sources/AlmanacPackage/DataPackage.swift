import AlmanacModel

/// A Frictionless Data Package that Almanac can keep whole: what its descriptor says, checked.
///
/// Source: https://specs.frictionlessdata.io/data-package/ (version 1; further properties, also those of version 2, are kept).
/// The data itself is read through ``imports(into:)``.
public struct DataPackage: Sendable {
    public let name: String
    public let title: String?
    public let description: String?
    public let version: String?
    /// `almanac:openStreams`: which streams every reader may read.
    public let openStreams: [StreamPattern]
    /// In the order of the descriptor.
    public let resources: [Resource]
    /// What else the descriptor says of the package, as canonical JSON (members sorted); nil for nothing.
    public let properties: Text?

    let folder: PackageFolder

    public func resource(named name: Identifier) -> Resource? { resources.first { $0.name == name } }
}

/// A table of a data package.
public struct Resource: Hashable, Sendable {
    public let name: Identifier
    public let title: String?
    public let description: String?
    /// Relative to the package's folder.
    public let path: String
    /// `almanac:id`, where the descriptor states it.
    public let id: CollectionID?
    /// `almanac:stream`; `reference` unless stated.
    public let stream: StreamName
    /// `almanac:partition`: the field whose value tells the stream of a record.
    public let partition: Identifier?
    /// The primary key: a text field.
    public let key: Identifier
    public let dialect: CSVDialect
    /// `almanac:neutralised`: whether texts that look like formulas have an apostrophe before them, see ``Formula``.
    public let isNeutralised: Bool
    /// In the order of the descriptor.
    public let fields: [ResourceField]
    /// What else the descriptor says of the resource's meaning, as canonical JSON; nil for nothing. How its file is written
    /// (path, dialect, encoding, missing values) is not part of it.
    public let properties: Text?

    public func field(named name: Identifier) -> ResourceField? { fields.first { $0.name == name } }
}

/// A column of a data package's table.
public struct ResourceField: Hashable, Sendable {
    public let name: Identifier
    public let title: String?
    public let description: String?
    /// `almanac:id`, where the descriptor states it.
    public let id: FieldID?
    public let type: ResourceFieldType
    public let constraints: Constraints
    /// `almanac:merge`; `set` for an array and `scalar` for everything else unless stated.
    public let mergeRule: MergeRule
    /// `almanac:acyclic`: whether the references, which are to records of the same table, have to make a hierarchy.
    public let isAcyclic: Bool
    /// What else the descriptor says of the field's meaning, its constraints among it, as canonical JSON; nil for nothing.
    /// `Constraints.init(properties:of:isKey:)` reads the constraints back.
    public let properties: Text?

    let syntax: ValueSyntax
    let missingValues: [Text]
}

/// What a column holds; references name the other table, because ids are known only once the package meets a schema.
public enum ResourceFieldType: Hashable, Sendable {
    case plain(FieldType)
    case reference(to: Identifier)
}

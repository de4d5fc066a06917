import AlmanacModel

/// What a data package says of itself, to be written: the opposite of reading a ``DataPackage``.
public struct PackageDescription: Hashable, Sendable {
    public var name: String
    public var title: String?
    public var description: String?
    public var version: String?
    /// `almanac:openStreams`
    public var openStreams: [StreamPattern] = []
    /// What else the package says, as ``DataPackage/properties`` gave it.
    public var properties: Text?
    public var provenance: Provenance?
    /// In this order. References to collections that are not among them are written as plain texts.
    public var tables: [TableDescription] = []

    public init(name: String) { self.name = name }
}

/// A table of a package that is to be written.
public struct TableDescription: Hashable, Sendable {
    public let collection: Collection
    /// Relative to the package's folder.
    public let path: String
    /// The columns.
    public let fields: [Field]
    /// Whether texts that look like formulas have an apostrophe before them, see ``Formula``.
    public var isNeutralised = false
    /// What stands for null in a column whose empty cells are empty texts.
    public var nullWords: [FieldID: String] = [:]
    /// Fields that some row lacks although their constraints require them.
    public var lacking: Set<FieldID> = []

    public init(_ collection: Collection, path: String, fields: [Field]) {
        self.collection = collection
        self.path = path
        self.fields = fields
    }
}

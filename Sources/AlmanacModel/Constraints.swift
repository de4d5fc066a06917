/// What Table Schema lets a field demand of its values.
/// Source: https://specs.frictionlessdata.io/table-schema/#constraints
public struct Constraints: Hashable, Sendable {
    public var isRequired = false
    public var isUnique = false
    /// In characters as Swift counts Unicode scalars.
    public var minimumLength: Int?
    public var maximumLength: Int?
    public var minimum: Value?
    public var maximum: Value?
    /// The values that are allowed; empty means all.
    public var allowed: [Value] = []
    /// An XML Schema regular expression, which the whole text has to match.
    public var pattern: String?

    public init() {}
}

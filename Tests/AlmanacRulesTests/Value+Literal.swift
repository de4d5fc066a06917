import AlmanacModel

/// Tests write texts as they are.
extension Value: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .text(Text(value)) }
}

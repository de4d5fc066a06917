/// What somebody wants a field of a record to be, as typed: `rank=4`, `tags+=growth`, `tags-=old`.
public struct Assignment: Hashable, Sendable {
    public let field: String
    public let operation: Operation
    public let text: String

    /// What becomes of the field.
    public enum Operation: Hashable, Sendable {
        case set
        /// An element of a set comes.
        case add
        /// An element of a set goes.
        case remove
    }

    /// Nil without a field's name before the first `=`.
    public init?(_ argument: String) {
        guard let sign = argument.firstIndex(of: "=") else { return nil }
        var name = argument[..<sign]
        switch name.last {
        case "+": operation = .add
        case "-": operation = .remove
        default: operation = .set
        }
        if operation != .set { name = name.dropLast() }
        guard !name.isEmpty else { return nil }
        field = String(name)
        text = String(argument[argument.index(after: sign)...])
    }
}

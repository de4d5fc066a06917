/// Where something is in a JSON document: `resources[0].schema.fields[2].type`.
public struct JSONPath: Hashable, Sendable {
    public let rawValue: String

    /// The document itself.
    public static let root = JSONPath(rawValue: "")

    func appending(_ member: String) -> JSONPath {
        JSONPath(rawValue: rawValue.isEmpty ? member : "\(rawValue).\(member)")
    }

    func appending(_ index: Int) -> JSONPath { JSONPath(rawValue: "\(rawValue)[\(index)]") }
}

extension JSONPath: CustomStringConvertible {
    public var description: String { rawValue.isEmpty ? "(the whole file)" : VisibleText.shortened(rawValue, limit: 200) }
}

import AlmanacPackage

extension ImportProblem {
    /// For programs.
    public var members: [JSONMember] {
        [
            JSONMember("row", row.map { .count($0) } ?? .null), JSONMember("line", line.map { .count($0) } ?? .null),
            JSONMember("field", .string(column)), JSONMember("value", .string(value)), JSONMember("rule", .string(rule)),
            JSONMember("sentence", .string(self)),
        ]
    }
}

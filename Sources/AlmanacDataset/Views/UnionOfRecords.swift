/// A view over records of several collections, which have to bring the same columns in the same order.
struct UnionOfRecords {
    /// In order.
    let columns: [String]

    /// One SELECT: expressions by column, null for columns that are not named.
    func part(_ expressions: [String: String], from: String) -> String {
        let list = columns.map { "\(expressions[$0] ?? "NULL") AS \($0)" }
        return "SELECT \(list.joined(separator: ", ")) FROM \(from)"
    }

    static func all(_ parts: [String]) -> String { parts.joined(separator: "\nUNION ALL ") }
}

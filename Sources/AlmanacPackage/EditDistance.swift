/// How many characters have to be changed, added or taken away to make one text of another (Levenshtein).
public enum EditDistance {
    /// Nil beyond the limit.
    public static func between(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], limit: Int = .max) -> Int? {
        var row = Array(0...second.count)
        for (index, scalar) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in second.indices {
                let changed = diagonal + (second[column] == scalar ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
            guard row.contains(where: { $0 <= limit }) else { return nil }
        }
        return row.last.flatMap { $0 <= limit ? $0 : nil }
    }
}

import AlmanacReplica

/// Names the sources of an answer once more where a narrow terminal may hide their column.
enum SourceNote {
    /// Of a column with keys of sources, several with commas; nothing where there are none.
    static func notes(of rows: [DatasetRow], in column: String = "source") -> [String] {
        let keys = Set(
            rows.compactMap { $0.text(column) }.flatMap { $0.split(separator: ",").map { $0.trimmingPrefix(" ") } }.map(
                String.init))
        return keys.isEmpty ? [] : ["Sources: \(keys.sorted().joined(separator: ", ")); almanac sources tells of each."]
    }
}

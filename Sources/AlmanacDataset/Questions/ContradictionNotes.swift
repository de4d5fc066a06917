import AlmanacReplica

/// What people have to know of contradictions in which a figure of an answer is a side.
struct ContradictionNotes {
    private let dataset: DatasetReader

    init(_ dataset: DatasetReader) { self.dataset = dataset }

    /// A sentence for each, in the order of the keys.
    func notes(of keys: some Sequence<String>) throws -> [String] {
        try Set(keys).sorted().compactMap { key in
            let row = try dataset.first(
                "SELECT topic, positions, explanation, is_explained FROM contradictions WHERE key = ?1", .text(key))
            guard let row, let topic = row.text("topic"), let positions = row.text("positions") else { return nil }
            let explanation = row.text("explanation").map { " Explanation: \($0)" } ?? ""
            let open = row.isTrue("is_explained") ? "" : " Nothing found here explains it."
            return "Contradiction \(key), \(topic): \(Self.closed(positions))\(Self.closed(explanation))\(open)"
        }
    }

    /// Those in the column `contradictions` of the rows: keys with commas.
    static func keys(_ rows: [DatasetRow]) -> Set<String> {
        Set(rows.compactMap { $0.text("contradictions") }.flatMap { $0.split(separator: ",").map(String.init) })
    }

    /// With a full stop.
    private static func closed(_ text: String) -> String {
        guard let last = text.last, !".!?”\"".contains(last) else { return text }
        return text + "."
    }
}

import AlmanacReplica

extension KnownOfSubject {
    /// What it is: its kind, other names, and the fields of its own record.
    func details() throws -> Answer {
        var table = AnswerTable<DatasetRow?>("subject")
        let subject = subject
        table.add("kind") { _ in .text(subject.kind.rawValue) }
        table.add("key") { _ in .text(subject.key) }
        table.add("name", nil, .hidden) { _ in .text(subject.name) }
        let aliases = Self.distinct((parts["alias"] ?? []).compactMap { $0.text("what") }).filter { $0 != subject.name }
        table.add("aliases", "also called") { _ in .text(aliases.isEmpty ? nil : aliases.joined(separator: "; ")) }
        let record = try record()
        for field in record?.fields ?? [] {
            let name = field == "kind" ? "type" : field
            table.add(name) { $0?[field] ?? .null }
        }
        return table.answer([record?.row])
    }

    private struct Record {
        let row: DatasetRow
        let fields: [String]
    }

    /// The record that the subject stands for.
    private func record() throws -> Record? {
        guard let collection = subject.kind.collection else { return nil }
        guard let row = try dataset.first("SELECT * FROM \(collection) WHERE subject_id = ?1", id) else { return nil }
        let passedOver: Set<String> = ["id", "key", "name", "subject", "stream", "sequence"]
        let fields = row.names.keys.filter { !passedOver.contains($0) && !$0.hasSuffix("_id") && row[$0] != .null }
        return Record(row: row, fields: fields.sorted { (row.names[$0] ?? 0) < (row.names[$1] ?? 0) })
    }

    private static func distinct(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}

extension SubjectKind {
    /// The collection whose records such subjects stand for.
    var collection: String? {
        switch self {
        case .cluster: "clusters"
        case .economy: "economies"
        case .place: "places"
        case .organisation: "organisations"
        case .programme: "programmes"
        case .hub: "hubs"
        case .group: "groups"
        case .framework: "frameworks"
        case .publication, .world: nil
        }
    }
}

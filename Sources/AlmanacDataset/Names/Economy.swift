import AlmanacReplica

/// An economy that a question names.
struct Economy: Hashable, Sendable {
    let key: String
    let code: String
    let name: String

    /// By code, key, name or alias.
    static func find(_ name: String, in dataset: DatasetReader) throws -> Economy {
        let subject = try SubjectNames(dataset).find(name, kinds: [.economy])
        let row = try dataset.first("SELECT key, code, name FROM economies WHERE subject = ?1", .text(subject.key))
        guard let row, let key = row.text("key"), let code = row.text("code"), let name = row.text("name") else {
            throw QuestionError.unknownName(name, kinds: "economy", near: [])
        }
        return Economy(key: key, code: code, name: name)
    }
}

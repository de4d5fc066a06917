import AlmanacReplica

extension KnownOfSubject {
    /// The editions of a publication, each with its own method.
    func editionSections() throws -> [Reply.Section] {
        guard subject.kind == .publication else { return [] }
        let answer = try dataset.answer(
            "edition",
            [
                .init("key", "edition"), .init("year"), .init("method", nil, .prose),
                .init("method_change", "what changed", .prose), .init("released"), .init("source"), .init("name", nil, .hidden),
                .init("series", nil, .hidden), .init("publisher", nil, .hidden), .init("measures", nil, .hidden),
                .init("previous", nil, .hidden), .init("note", nil, .hidden),
            ], "SELECT * FROM editions WHERE subject_id = ?1 ORDER BY year, key", id)
        return answer.isEmpty ? [] : [.init("Editions", answer)]
    }
}

import AlmanacReplica

extension KnownOfSubject {
    func moneySections() -> [Reply.Section] {
        section("Investments", "investment", Self.investments) + section("Awards", "award", Self.awards)
    }

    private static var investments: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("investment")
        table.same("what", nil, .prose)
        table.figure()
        table.same("period")
        table.same("kind")
        table.same("says", "as")
        table.same("source")
        table.hidden("record", "edition", "statement", "note")
        return table
    }

    private static var awards: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("award")
        table.same("other", "with")
        table.same("kind")
        table.figure()
        table.same("says", "status")
        table.same("period", "round")
        table.same("source")
        table.hidden("record", "what", "statement", "note")
        return table
    }
}

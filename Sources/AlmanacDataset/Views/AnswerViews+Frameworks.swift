import AlmanacReplica

extension AnswerViews {
    /// One row for each part of a framework, in the source's order; one without a part for a framework that names none.
    ///
    /// `expected_parts` is how many parts the source announces. `statement` is the framework's, `part_statement` the part's.
    static let frameworks = AnswerView(
        "frameworks", requires: ["frameworks", "framework_parts", "sources"],
        select: """
            SELECT f.key AS framework, f.name AS name, p.position AS position, p.name AS part, p.description AS part_description,
                coalesce(p.statement, f.statement) AS part_statement, f.description AS description,
                f.expected_parts AS expected_parts, f.subject AS subject, f.statement AS statement, f.source AS source,
                s.url AS source_url
            FROM frameworks AS f
            JOIN sources AS s ON s.id = f.source_id
            LEFT JOIN framework_parts AS p ON p.framework_id = f.id
            """)

    /// What sources recommend, and to whom.
    static let advice = AnswerView(
        "advice", requires: ["advice", "sources"],
        select: """
            SELECT a.audience AS audience, a.advice AS advice, a.key AS key, a.statement AS statement, a.source AS source,
                s.url AS source_url
            FROM advice AS a JOIN sources AS s ON s.id = a.source_id
            """)
}

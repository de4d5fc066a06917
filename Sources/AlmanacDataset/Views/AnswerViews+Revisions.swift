import AlmanacReplica

extension AnswerViews {
    /// One row for each figure that differs from the one which the edition before it gives for the same subject, indicator, period, unit and
    /// currency: what a later edition revised, or another report sees otherwise. `edition_before` is the older one; editions without the
    /// figure are passed over. `is_rounding` is 1 where one of the two is the other with fewer digits: that revises nothing.
    static let revisions = AnswerView(
        "revisions", requires: ["observations", "editions", "indicators"],
        select: """
            SELECT b.subject AS subject, i.name AS what, b.indicator AS indicator, coalesce(b.period, b.year) AS period,
                a.edition AS edition_before, a.value AS value_before, b.edition AS edition, b.value AS value,
                round(b.value - a.value, 10) AS change,
                round(b.value, \(decimals("a.value"))) = a.value OR round(a.value, \(decimals("b.value"))) = b.value AS is_rounding, coalesce(b.unit, i.unit) AS unit, b.currency AS currency,
                a.precision AS precision_before, b.precision AS precision, a.source AS source_before, b.source AS source,
                a.key AS record_before, b.key AS record, b.subject_id AS subject_id
            FROM (
                SELECT r.id AS id, r.value AS value, lag(r.id) OVER same AS before_id, lag(r.value) OVER same AS value_before
                FROM observations AS r JOIN editions AS e ON e.id = r.edition_id
                WHERE r.value IS NOT NULL
                WINDOW same AS (
                    PARTITION BY r.subject_id, r.indicator_id, coalesce(r.period, r.year), r.unit, r.currency
                    ORDER BY e.year, e.released, e.id)
            ) AS found
            JOIN observations AS b ON b.id = found.id
            JOIN observations AS a ON a.id = found.before_id
            JOIN indicators AS i ON i.id = b.indicator_id
            WHERE found.value <> found.value_before AND a.edition_id <> b.edition_id
            """)

    /// How many digits a number has behind its point.
    private static func decimals(_ value: String) -> String {
        "CASE WHEN instr(\(value), '.') = 0 OR \(value) = cast(\(value) AS INTEGER) THEN 0 "
            + "ELSE length(\(value)) - instr(\(value), '.') END"
    }
}

import AlmanacReplica

extension AnswerViews {
    /// Investments, and the awards of programmes as investments of the kind `grant`.
    ///
    /// `scope` tells single projects from totals, averages and trends; an award to one hub is a project, one that several share a total.
    /// `stated` is the amount as stated, with the words that qualify it; `amount` is in units of `currency` and empty where no amount
    /// of money is stated. `places` is a JSON array of subjects: the place, or the states of a hub. `year_from` and `year` bound the
    /// period where one is stated.
    static let investments = AnswerView(
        "investments",
        requires: [
            "investments", "awards", "hubs", "hub_states", "places", "economies", "programmes", "subjects", "statements",
            "sources",
        ],
        select: """
            SELECT i.key AS key, 'investment' AS record, i.kind AS kind, i.scope AS scope, i.what AS what,
                i.investor AS investor, v.name AS investor_name, i.recipient AS recipient, r.name AS recipient_name,
                json_array(i.place) AS places, p.name AS place_name,
                coalesce((SELECT e.code FROM economies AS e WHERE e.subject_id = i.place_id),
                    (SELECT e.code FROM places AS x JOIN economies AS e ON e.id = x.economy_id WHERE x.subject_id = i.place_id))
                    AS economy,
                i.programme AS programme, i.technologies AS technologies, i.period AS period,
                coalesce(t.year_from, i.year) AS year_from, i.year AS year, i.value AS value, i.value_text AS value_text,
                i.lower AS lower, i.upper AS upper, i.unit AS unit, i.currency AS currency, i.amount AS amount,
                \(ViewFragments.stated("i")) AS stated, i.qualifier AS qualifier, i.precision AS precision, NULL AS status,
                i.edition AS edition, i.statement AS statement, i.note AS note, i.source AS source, s.url AS source_url
            FROM investments AS i
            JOIN sources AS s ON s.id = i.source_id
            LEFT JOIN subjects AS v ON v.id = i.investor_id
            LEFT JOIN subjects AS r ON r.id = i.recipient_id
            LEFT JOIN subjects AS p ON p.id = i.place_id
            LEFT JOIN statements AS t ON t.id = i.statement_id
            UNION ALL
            SELECT a.key, 'award', 'grant', CASE WHEN a.hub_id IS NULL THEN 'total' ELSE 'project' END, a.kind || ' award',
                g.subject, g.name, h.subject, h.name,
                (SELECT json_group_array(x.subject) FROM hub_states AS y JOIN places AS x ON x.id = y.place_id WHERE y.hub_id = h.id),
                (SELECT group_concat(name, ', ') FROM (
                    SELECT x.name AS name FROM hub_states AS y JOIN places AS x ON x.id = y.place_id
                    WHERE y.hub_id = h.id ORDER BY y.position)),
                e.code, a.programme, CASE WHEN h.technology IS NOT NULL THEN json_array(h.technology) END,
                coalesce(a.round, a.announced), CAST(substr(coalesce(a.round, a.announced), 1, 4) AS INTEGER),
                CAST(substr(coalesce(a.round, a.announced), 1, 4) AS INTEGER), a.value, NULL, NULL, NULL, a.unit, a.currency,
                a.amount, \(ViewFragments.amount("a.value", "a")),
                NULL, NULL, a.status, NULL, a.statement, a.note, a.source, s.url
            FROM awards AS a
            JOIN sources AS s ON s.id = a.source_id
            JOIN programmes AS g ON g.id = a.programme_id
            LEFT JOIN economies AS e ON e.id = g.economy_id
            LEFT JOIN hubs AS h ON h.id = a.hub_id
            """)
}

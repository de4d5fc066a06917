import AlmanacReplica

extension AnswerViews {
    /// One row for each technology hub.
    ///
    /// `states` and `state_keys` are JSON arrays. An amount is in units of its `currency`, which is empty where a hub's awards are in
    /// several: then the amounts are too. `awarded` counts all implementation awards that are announced, whatever became of them, and
    /// `accelerator` all consortium accelerator awards; `paid` those that a source calls paid. Empty means not known, never nothing.
    /// `awarded_stated` and `accelerator_stated` are the amounts as stated. `contradictions` are keys, with commas.
    static let hubs = AnswerView(
        "hubs", requires: ["hubs", "hub_states", "places", "awards", "organisations", "sources", "contradiction_subjects"],
        select: """
            SELECT h.key AS hub, h.name AS name,
                (SELECT json_group_array(name) FROM (SELECT p.name AS name FROM hub_states AS x JOIN places AS p ON p.id = x.place_id
                    WHERE x.hub_id = h.id ORDER BY x.position)) AS states,
                (SELECT json_group_array(subject) FROM (
                    SELECT p.subject AS subject FROM hub_states AS x JOIN places AS p ON p.id = x.place_id
                    WHERE x.hub_id = h.id ORDER BY x.position)) AS state_keys,
                h.technology AS technology, o.name AS lead, h.lead_printed AS lead_printed, h.programme AS programme,
                h.designated AS designated,
                (SELECT group_concat(DISTINCT a.round) FROM awards AS a WHERE a.hub_id = h.id AND a.kind = 'implementation') AS round,
                \(awarded("kind = 'implementation'")) AS awarded,
                \(awarded("kind = 'consortium accelerator'")) AS accelerator,
                \(awarded("status = 'paid'")) AS paid,
                \(stated("implementation")) AS awarded_stated, \(stated("consortium accelerator")) AS accelerator_stated,
                (SELECT CASE WHEN count(DISTINCT a.currency) = 1 THEN min(a.currency) END FROM awards AS a WHERE a.hub_id = h.id)
                    AS currency,
                (SELECT group_concat(DISTINCT a.source) FROM awards AS a WHERE a.hub_id = h.id) AS award_sources,
                (SELECT group_concat(DISTINCT d.contradiction) FROM contradiction_subjects AS d WHERE d.subject_id = h.subject_id)
                    AS contradictions,
                h.notes AS notes, h.urls AS urls, h.source AS source, s.url AS source_url
            FROM hubs AS h
            JOIN sources AS s ON s.id = h.source_id
            LEFT JOIN organisations AS o ON o.id = h.lead_id
            """)

    /// The awards of a kind as stated, with `+` between several.
    private static func stated(_ kind: String) -> String {
        """
        (SELECT group_concat(\(ViewFragments.amount("a.value", "a")), ' + ') FROM awards AS a
            WHERE a.hub_id = h.id AND a.kind = '\(kind)')
        """
    }

    /// A sum over a hub's awards, unless they are in several currencies.
    private static func awarded(_ condition: String) -> String {
        """
        (SELECT CASE WHEN count(DISTINCT a.currency) = 1 AND count(*) = count(a.currency) THEN sum(a.amount) END
            FROM awards AS a WHERE a.hub_id = h.id AND a.amount IS NOT NULL AND a.\(condition))
        """
    }

    /// What was awarded in each funding round.
    ///
    /// Where `basis` is `counted`, one row for each round, kind of award and currency over the awards to single hubs: how many, to how
    /// many hubs, and their sum in units of the currency. Where it is `stated`, what a source says of the programme as a whole, in
    /// `stated` as printed. `contradictions` are keys, with commas: all that are about the programme.
    static let hubRounds = AnswerView(
        "hub_rounds", requires: ["awards", "observations", "programmes", "sources", "hubs", "contradiction_subjects"],
        select: """
            SELECT 'counted' AS basis, g.key AS programme, a.kind AS kind, a.round AS round, a.currency AS currency,
                count(DISTINCT a.hub_id) AS hubs, count(*) AS awards, sum(a.amount) AS amount, NULL AS stated,
                sum(a.status = 'paid') AS awards_paid, sum(CASE WHEN a.status = 'paid' THEN a.amount END) AS paid,
                NULL AS qualifier, NULL AS precision, NULL AS statement, replace(group_concat(DISTINCT a.source), ',', ', ') AS source,
                NULL AS source_url, \(ofProgramme) AS contradictions, NULL AS note
            FROM awards AS a JOIN programmes AS g ON g.id = a.programme_id
            WHERE a.hub_id IS NOT NULL GROUP BY g.id, a.kind, a.round, a.currency
            UNION ALL
            SELECT 'stated', g.key, 'implementation', o.period, o.currency,
                CASE o.indicator WHEN 'hubs-with-implementation-funding' THEN CAST(o.value AS INTEGER) END, NULL,
                CASE WHEN o.currency IS NOT NULL THEN o.value * CASE o.unit WHEN 'thousand' THEN 1000 WHEN 'million' THEN 1000000
                    WHEN 'billion' THEN 1000000000 WHEN 'trillion' THEN 1000000000000 ELSE 1 END END,
                \(ViewFragments.stated("o")), NULL, NULL, o.qualifier, o.precision, o.statement, o.source, s.url,
                \(ofProgramme), o.note
            FROM programmes AS g
            JOIN observations AS o ON o.subject_id = g.subject_id
            JOIN sources AS s ON s.id = o.source_id
            WHERE o.indicator IN ('implementation-funding', 'hubs-with-implementation-funding')
                AND g.id IN (SELECT programme_id FROM hubs)
            """)

    private static let ofProgramme =
        "(SELECT group_concat(DISTINCT d.contradiction) FROM contradiction_subjects AS d WHERE d.subject_id = g.subject_id)"
}

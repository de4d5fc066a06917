import AlmanacReplica

extension AnswerViews {
    /// One row for each text that can be found: `kind` is that of the subject, or what the record is; `key` is what other commands take,
    /// `name` what it is called, and `text` what stands there. `weight` orders equal finds: names before words about them.
    static let search = AnswerView(
        "search",
        requires: [
            "subjects", "aliases", "economies", "statements", "indicators", "sources", "editions", "hubs", "advice", "programmes",
            "groups", "frameworks", "framework_parts", "organisations", "contradictions", "publishers",
        ],
        select: """
            SELECT s.kind AS kind, s.key AS key, s.name AS name, s.name AS text, 5 AS weight FROM subjects AS s
            UNION ALL SELECT s.kind, s.key, s.name, a.alias, 4 FROM aliases AS a JOIN subjects AS s ON s.id = a.subject_id
            UNION ALL SELECT 'economy', e.subject, e.name, e.code || ' ' || coalesce(e.alpha3, ''), 4 FROM economies AS e
            UNION ALL SELECT 'hub', h.subject, h.name, h.technology, 3 FROM hubs AS h
            UNION ALL SELECT 'programme', p.subject, p.name, p.description, 2 FROM programmes AS p WHERE p.description IS NOT NULL
            UNION ALL SELECT 'group', g.subject, g.name, g.description, 2 FROM groups AS g WHERE g.description IS NOT NULL
            UNION ALL SELECT 'organisation', o.subject, o.name, o.industry, 1 FROM organisations AS o WHERE o.industry IS NOT NULL
            UNION ALL SELECT 'framework', f.subject, f.name, f.description, 2 FROM frameworks AS f WHERE f.description IS NOT NULL
            UNION ALL SELECT 'framework', f.subject, f.name, p.name || coalesce(': ' || p.description, ''), 2
                FROM framework_parts AS p JOIN frameworks AS f ON f.id = p.framework_id
            UNION ALL SELECT 'statement', t.key, coalesce(t.subject_printed, t.key),
                t.statement || coalesce(' [' || t.indicator_printed || ']', ''), 2 FROM statements AS t
            UNION ALL SELECT 'indicator', i.key, i.name, i.name || coalesce(': ' || i.description, ''), 3 FROM indicators AS i
            UNION ALL SELECT 'source', s.key, s.title, s.title || coalesce(', ' || p.name, ''), 3
                FROM sources AS s LEFT JOIN publishers AS p ON p.id = s.publisher_id
            UNION ALL SELECT 'edition', e.key, e.name, e.name || coalesce(': ' || e.method, '') || coalesce(' ' || e.method_change, ''), 3
                FROM editions AS e
            UNION ALL SELECT 'contradiction', c.key, c.topic, c.topic || coalesce(': ' || c.positions, ''), 2 FROM contradictions AS c
            UNION ALL SELECT 'advice', coalesce(a.statement, a.key), 'for ' || a.audience, a.advice, 2 FROM advice AS a
            """)
}

import AlmanacReplica

extension AnswerViews {
    /// One row for each figure of a subject: observations, and the figures in cluster_ranks, economy_ranks, cluster_counts and
    /// company_figures.
    ///
    /// `kind` and `record` are the collection and the key of the record. `indicator` is an indicator's key, or COLLECTION.FIELD, and
    /// `what` says it in words; `better` is `lower` or `higher` where one of them is. A figure is `value`, or lies between `lower` and
    /// `upper`, or is only words: `value_text`. `precision` and `qualifier` say how exact it is. Figures compare where indicator,
    /// period, edition, unit and currency are the same.
    static let compare = AnswerView(
        "compare",
        requires: [
            "observations", "indicators", "cluster_ranks", "clusters", "economy_ranks", "economies", "cluster_counts",
            "company_figures", "organisations", "editions",
        ],
        select: UnionOfRecords.all([observed, rankedClusters, rankedEconomies, countedClusters, companies]))

    private static let figures = UnionOfRecords(columns: [
        "subject", "subject_id", "kind", "record", "indicator", "what", "better", "period", "year", "value", "lower", "upper",
        "value_text", "unit", "currency", "precision", "qualifier", "edition", "edition_id", "source", "source_id", "statement",
        "statement_id", "note",
    ])

    private static let observed = figures.part(
        [
            "subject": "r.subject", "subject_id": "r.subject_id", "kind": "'observation'", "record": "r.key",
            "indicator": "i.key", "what": "i.name", "better": "i.better", "period": "coalesce(r.period, r.year)",
            "year": "r.year", "value": "r.value", "lower": "r.lower", "upper": "r.upper", "value_text": "r.value_text",
            "unit": "coalesce(r.unit, i.unit)", "currency": "r.currency", "precision": "r.precision", "qualifier": "r.qualifier",
            "edition": "r.edition", "edition_id": "r.edition_id", "source": "r.source", "source_id": "r.source_id",
            "statement": "r.statement", "statement_id": "r.statement_id", "note": "r.note",
        ], from: "observations AS r JOIN indicators AS i ON i.id = r.indicator_id")

    private static func printed(_ figures: FigureColumns, _ others: [String: String]) -> [String: String] {
        [
            "record": "r.key", "indicator": "m.indicator", "what": "m.what", "better": "m.better", "value": figures.value,
            "unit": "m.unit", "edition": "r.edition", "edition_id": "r.edition_id",
            "source": figures.source, "source_id": figures.sourceID,
        ].merging(others) { $1 }
    }

    private static let rankedClusters = figures.part(
        printed(
            .clusterRanks,
            [
                "subject": "c.subject", "subject_id": "c.subject_id", "kind": "'cluster_rank'", "period": "e.year",
                "year": "e.year", "note": "r.notes",
            ]),
        from: """
            cluster_ranks AS r JOIN clusters AS c ON c.id = r.cluster_id JOIN editions AS e ON e.id = r.edition_id
            \(FigureColumns.clusterRanks.join) WHERE \(FigureColumns.clusterRanks.value) IS NOT NULL
            """)

    private static let rankedEconomies = figures.part(
        printed(
            .economyRanks,
            [
                "subject": "c.subject", "subject_id": "c.subject_id", "kind": "'economy_rank'", "period": "e.year",
                "year": "e.year",
            ]),
        from: """
            economy_ranks AS r JOIN economies AS c ON c.id = r.economy_id JOIN editions AS e ON e.id = r.edition_id
            \(FigureColumns.economyRanks.join) WHERE \(FigureColumns.economyRanks.value) IS NOT NULL
            """)

    private static let countedClusters = figures.part(
        [
            "subject": "c.subject", "subject_id": "c.subject_id", "kind": "'cluster_count'", "record": "r.key",
            "indicator": "'cluster_counts.clusters/' || r.top", "what": "'Clusters in the top ' || r.top", "better": "'higher'",
            "period": "e.year", "year": "e.year", "value": "r.clusters", "edition": "r.edition", "edition_id": "r.edition_id",
            "source": "r.source", "source_id": "r.source_id", "statement": "r.statement", "statement_id": "r.statement_id",
            "note": "r.notes",
        ],
        from: """
            cluster_counts AS r JOIN economies AS c ON c.id = r.economy_id JOIN editions AS e ON e.id = r.edition_id
            WHERE r.clusters IS NOT NULL
            """)

    /// Amounts of the Scoreboard are in euro: `rd_unit` says it, and the descriptions of the other fields.
    private static let companies = figures.part(
        printed(
            .companies,
            [
                "subject": "c.subject", "subject_id": "c.subject_id", "kind": "'company_figure'", "period": "r.year",
                "year": "r.year",
                "unit": "CASE m.indicator WHEN 'company_figures.rd' THEN substr(r.rd_unit, 5) ELSE m.unit END",
                "currency": """
                CASE WHEN m.indicator = 'company_figures.rd' THEN substr(r.rd_unit, 1, 3) WHEN m.unit = 'million' THEN 'EUR' END
                """,
                "note": "r.note",
            ]),
        from: """
            company_figures AS r JOIN organisations AS c ON c.id = r.organisation_id
            \(FigureColumns.companies.join) WHERE \(FigureColumns.companies.value) IS NOT NULL
            """)
}

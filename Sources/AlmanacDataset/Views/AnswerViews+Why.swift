import AlmanacReplica

extension AnswerViews {
    /// One row for each record that has a source or a statement: what it says, and where that is from.
    ///
    /// `kind` is the record's collection in the singular, `record` its key. `method` is that of the edition and `method_change` what
    /// changed in it against the edition before. `says` is the figure or the words; a figure is `value`, or lies between `lower` and
    /// `upper`. For observations, `what` is the indicator. `figures` are all figures of a record that has several, in words, and `printed`
    /// is the subject's name as printed.
    static let why = AnswerView(
        "why",
        requires: [
            "observations", "indicators", "cluster_ranks", "clusters", "economy_ranks", "economies", "cluster_counts",
            "company_figures", "organisations", "investments", "awards", "hubs", "programmes", "relations", "frameworks",
            "framework_parts", "trends", "advice", "aliases",
        ],
        select: UnionOfRecords.all(figureRecords + moneyRecords + wordRecords))

    static let records = UnionOfRecords(columns: [
        "kind", "record", "subject", "subject_id", "what", "says", "period", "value", "lower", "upper", "value_text", "unit",
        "currency", "precision", "qualifier", "edition", "edition_id", "source", "source_id", "statement", "statement_id", "note",
        "figures", "printed",
    ])

    private static func of(_ kind: String, _ fields: [String], _ others: [String: String]) -> [String: String] {
        let same = ["source", "source_id", "statement", "statement_id"] + fields
        return Dictionary(uniqueKeysWithValues: same.map { ($0, "r.\($0)") })
            .merging(["kind": "'\(kind)'", "record": "r.key"]) { $1 }.merging(others) { $1 }
    }

    private static let noStatement = ["statement": "NULL", "statement_id": "NULL"]
    private static let edition = ["edition", "edition_id"]
    private static let amount = ["value", "unit", "currency"]
    private static let typed = ["period", "lower", "upper", "value_text", "precision", "qualifier", "note"] + amount + edition

    private static let figureRecords = [
        records.part(
            of(
                "observation", typed,
                ["subject": "r.subject", "subject_id": "r.subject_id", "what": "i.name", "unit": "coalesce(r.unit, i.unit)"]),
            from: "observations AS r JOIN indicators AS i ON i.id = r.indicator_id"),
        records.part(
            of(
                "cluster_rank", edition,
                noStatement.merging([
                    "subject": "c.subject", "subject_id": "c.subject_id", "what": "'Cluster rank'", "value": "r.rank",
                    "figures": FigureColumns.clusterRanks.sentence, "printed": "r.name_printed", "note": "r.notes",
                ]) { $1 }),
            from: "cluster_ranks AS r JOIN clusters AS c ON c.id = r.cluster_id"),
        records.part(
            of(
                "economy_rank", edition,
                noStatement.merging([
                    "subject": "c.subject", "subject_id": "c.subject_id", "what": "'Rank in the Global Innovation Index'",
                    "value": "r.rank", "figures": FigureColumns.economyRanks.sentence, "printed": "r.name_printed",
                ]) { $1 }),
            from: "economy_ranks AS r JOIN economies AS c ON c.id = r.economy_id"),
        records.part(
            of(
                "cluster_count", edition,
                [
                    "subject": "c.subject", "subject_id": "c.subject_id", "what": "'Clusters in the top ' || r.top",
                    "value": "r.clusters", "note": "r.notes",
                ]), from: "cluster_counts AS r JOIN economies AS c ON c.id = r.economy_id"),
        records.part(
            of(
                "company_figure", edition + ["note"],
                noStatement.merging([
                    "subject": "c.subject", "subject_id": "c.subject_id", "what": "'R&D investment'", "period": "r.year",
                    "value": "r.rd", "unit": "substr(r.rd_unit, 5)", "currency": "substr(r.rd_unit, 1, 3)",
                    "printed": "r.name_printed",
                ]) { $1 }), from: "company_figures AS r JOIN organisations AS c ON c.id = r.organisation_id"),
    ]

    private static let moneyRecords = [
        records.part(
            of(
                "investment", typed,
                [
                    "subject": "coalesce(r.recipient, r.place, r.investor)",
                    "subject_id": "coalesce(r.recipient_id, r.place_id, r.investor_id)", "what": "r.what",
                ]), from: "investments AS r"),
        records.part(
            of(
                "award", amount + ["note"],
                [
                    "subject": "p.subject", "subject_id": "p.subject_id", "what": "r.kind || ' award, ' || r.status",
                    "says": "r.hub", "period": "r.round",
                ]), from: "awards AS r JOIN programmes AS p ON p.id = r.programme_id"),
    ]

    private static let words = ["subject", "subject_id"]

    private static let wordRecords = [
        records.part(
            of(
                "hub", words, noStatement.merging(["what": "'Technology hub'", "says": "r.technology", "note": "r.notes"]) { $1 }),
            from: "hubs AS r"),
        records.part(
            of(
                "relation", words + ["period", "qualifier", "note"],
                ["what": "r.relation", "says": "coalesce(r.object, r.object_text)"]), from: "relations AS r"),
        records.part(
            of("framework", words, ["what": "r.name", "says": "r.description", "value": "r.expected_parts", "unit": "'parts'"]),
            from: "frameworks AS r"),
        records.part(
            of(
                "framework_part", [],
                [
                    "subject": "f.subject", "subject_id": "f.subject_id", "what": "r.name", "says": "r.description",
                    "source": "f.source", "source_id": "f.source_id",
                ]), from: "framework_parts AS r JOIN frameworks AS f ON f.id = r.framework_id"),
        records.part(
            of(
                "trend", words + edition + ["period", "qualifier", "note"],
                ["what": "r.topic", "says": "r.direction", "value_text": "r.value_text"]), from: "trends AS r"),
        records.part(of("advice", [], ["what": "'for ' || r.audience", "says": "r.advice"]), from: "advice AS r"),
        records.part(
            of("alias", words + ["note"], noStatement.merging(["what": "r.kind", "says": "r.alias"]) { $1 }),
            from: "aliases AS r"),
    ]
}

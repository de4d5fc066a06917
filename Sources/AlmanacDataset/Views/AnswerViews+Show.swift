import AlmanacReplica

extension AnswerViews {
    /// One row for each thing that is known of a subject.
    ///
    /// `part` says what it is: `alias`, `figure` (all of `answer_compare`), `investment`, `award`, `trend`, `relation`, `related` (other
    /// subjects by the dataset's own tables), `part` of a framework, `statement`, `contradiction`. `record` is the record's key, `other`
    /// the key of the subject at the other end, `what` and `says` are words, and a figure has the columns of `answer_compare`.
    static let show = AnswerView(
        "show",
        requires: [
            compare.name, "subjects", "aliases", "economies", "clusters", "places", "organisations", "programmes", "hubs",
            "groups",
            "cluster_economies", "cluster_places", "hub_states", "group_members", "relations", "frameworks", "framework_parts",
            "investments", "awards", "trends", "statements", "contradictions", "contradiction_subjects",
        ],
        select: UnionOfRecords.all(shownFigures + shownMoney + shownWords + related))

    private static let shown = UnionOfRecords(columns: [
        "subject", "subject_id", "part", "kind", "record", "other", "what", "says", "indicator", "period", "year", "value",
        "lower", "upper", "value_text", "unit", "currency", "precision", "qualifier", "edition", "source", "statement", "note",
        "position", "better",
    ])

    private static func part(_ part: String, _ same: [String], _ others: [String: String], from: String) -> String {
        let fields = Dictionary(uniqueKeysWithValues: same.map { ($0, "r.\($0)") })
        return shown.part(fields.merging(["part": "'\(part)'", "record": "r.key"]) { $1 }.merging(others) { $1 }, from: from)
    }

    private static let subject = ["subject", "subject_id"]
    private static let figure =
        [
            "period", "year", "value", "lower", "upper", "value_text", "unit", "currency", "precision", "qualifier", "edition",
            "source", "statement", "note",
        ]

    private static let shownFigures = [
        part(
            "figure", subject + ["kind", "what", "indicator", "better"] + figure, ["record": "r.record"],
            from: "\(compare.name) AS r")
    ]

    private static func investments(_ role: String) -> String {
        part(
            "investment", ["kind", "what"] + figure,
            ["subject": "r.\(role)", "subject_id": "r.\(role)_id", "says": "'\(role)'"],
            from: "investments AS r WHERE r.\(role)_id IS NOT NULL")
    }

    private static let award = [
        "kind": "r.kind", "what": "p.name", "other": "h.subject", "says": "r.status", "period": "r.round", "value": "r.value",
        "unit": "r.unit", "currency": "r.currency", "source": "r.source", "statement": "r.statement", "note": "r.note",
    ]
    private static let awards = "awards AS r JOIN programmes AS p ON p.id = r.programme_id"

    private static let shownMoney = [
        investments("recipient"), investments("place"), investments("investor"),
        part(
            "investment", ["kind", "what"] + figure,
            ["subject": "p.subject", "subject_id": "p.subject_id", "says": "'programme'"],
            from: "investments AS r JOIN programmes AS p ON p.id = r.programme_id"),
        part(
            "award", [], award.merging(["subject": "h.subject", "subject_id": "h.subject_id", "other": "p.subject"]) { $1 },
            from: "\(awards) JOIN hubs AS h ON h.id = r.hub_id"),
        part(
            "award", [], award.merging(["subject": "p.subject", "subject_id": "p.subject_id"]) { $1 },
            from: "\(awards) LEFT JOIN hubs AS h ON h.id = r.hub_id"),
    ]

    private static let shownWords = [
        part("alias", subject + ["kind", "source", "note"], ["what": "r.alias"], from: "aliases AS r"),
        part(
            "relation", subject + ["period", "qualifier", "source", "statement", "note"],
            ["other": "r.object", "what": "r.relation", "says": "coalesce(o.name, r.object_text)"],
            from: "relations AS r LEFT JOIN subjects AS o ON o.id = r.object_id"),
        part(
            "relation", ["period", "qualifier", "source", "statement", "note"],
            [
                "subject": "r.object", "subject_id": "r.object_id", "other": "r.subject", "what": "r.relation", "says": "s.name",
                "kind": "'from'",
            ],
            from: "relations AS r JOIN subjects AS s ON s.id = r.subject_id WHERE r.object_id IS NOT NULL"),
        part(
            "trend", subject + ["period", "year", "qualifier", "edition", "source", "statement", "note"],
            ["what": "r.topic", "says": "r.direction", "value_text": "r.value_text"], from: "trends AS r"),
        part(
            "statement", subject + ["kind", "qualifier", "edition", "period"],
            ["what": "r.statement", "says": "r.value_printed", "source": "r.article", "note": "r.notes"], from: "statements AS r"),
        part(
            "contradiction", [],
            [
                "subject": "r.subject", "subject_id": "r.subject_id", "record": "c.key", "what": "c.topic",
                "says": "c.explanation",
                "value": "c.is_explained",
            ],
            from: "contradiction_subjects AS r JOIN contradictions AS c ON c.id = r.contradiction_id"),
        part(
            "part", ["position", "statement"],
            [
                "subject": "f.subject", "subject_id": "f.subject_id", "what": "r.name", "says": "r.description",
                "source": "f.source",
            ], from: "framework_parts AS r JOIN frameworks AS f ON f.id = r.framework_id"),
    ]

    /// `a` and `b` are the two ends of `r`: each has the other among what is related to it.
    private static func related(
        _ from: String, _ a: String, _ b: String, there: String, back: String, position: String? = nil
    ) -> [String] {
        [(a, b, there), (b, a, back)].map { own, other, what in
            var columns = ["subject": "\(own).subject", "subject_id": "\(own).subject_id"]
            columns["other"] = "\(other).subject"
            columns["what"] = what
            columns["says"] = "\(other).name"
            columns["position"] = position
            return part("related", [], columns, from: from)
        }
    }

    private static let related =
        related(
            "cluster_economies AS r JOIN clusters AS c ON c.id = r.cluster_id JOIN economies AS e ON e.id = r.economy_id",
            "c", "e", there: "'economy'", back: "'cluster'", position: "r.position")
        + related(
            "cluster_places AS r JOIN clusters AS c ON c.id = r.cluster_id JOIN places AS p ON p.id = r.place_id",
            "c", "p", there: "'place, ' || r.relation", back: "'cluster, ' || r.relation", position: "r.position")
        + related(
            "hub_states AS r JOIN hubs AS h ON h.id = r.hub_id JOIN places AS p ON p.id = r.place_id",
            "h", "p", there: "'state'", back: "'hub'", position: "r.position")
        + related(
            "hubs AS r JOIN programmes AS p ON p.id = r.programme_id",
            "r", "p", there: "'programme'", back: "'hub'")
        + related(
            "hubs AS r JOIN organisations AS o ON o.id = r.lead_id", "r", "o", there: "'lead'", back: "'leads the hub'")
        + related(
            "programmes AS r JOIN organisations AS o ON o.id = r.agency_id", "r", "o", there: "'agency'", back: "'programme'")
        + related(
            "programmes AS r JOIN economies AS e ON e.id = r.economy_id", "r", "e", there: "'economy'", back: "'programme'")
        + related("places AS r JOIN economies AS e ON e.id = r.economy_id", "r", "e", there: "'economy'", back: "'place'")
        + related("places AS r JOIN places AS p ON p.id = r.within_id", "r", "p", there: "'within'", back: "'contains'")
        + related(
            "organisations AS r JOIN economies AS e ON e.id = r.economy_id", "r", "e", there: "'economy'", back: "'organisation'")
        + [
            part(
                "related", ["position"],
                [
                    "subject": "g.subject", "subject_id": "g.subject_id", "other": "r.member", "what": "'member'",
                    "says": "s.name",
                ],
                from: "group_members AS r JOIN groups AS g ON g.id = r.group_id JOIN subjects AS s ON s.id = r.member_id"),
            part(
                "related", [],
                [
                    "subject": "r.member", "subject_id": "r.member_id", "other": "g.subject", "what": "'member of'",
                    "says": "g.name",
                ], from: "group_members AS r JOIN groups AS g ON g.id = r.group_id"),
        ]
}

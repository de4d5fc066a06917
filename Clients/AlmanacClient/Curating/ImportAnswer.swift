import AlmanacModel
import AlmanacReplica

/// What an import would do, as a table: a row for each field of each record.
public enum ImportAnswer {
    public static func answer(_ plan: ImportPlan) -> Answer {
        let rows = plan.rows.flatMap { row in
            row.differences.map { difference -> [Answer.Cell] in
                [
                    .integer(Int64(row.number)), .text(row.key.string), .text(row.isNew ? "new" : "changed"),
                    .text(difference.field),
                    difference.seen.map { .text($0) } ?? .null, difference.now.map { .text($0) } ?? .null,
                ]
            }
        }
        return Answer(
            kind: "planned_change",
            columns: [
                .init("row"), .init("key"), .init("change"), .init("field"), .init("from", nil, .prose), .init("to", nil, .prose),
            ], rows: rows)
    }
}

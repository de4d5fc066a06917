import AlmanacModel
import GRDB

extension ReplicaDatabase {
    /// Makes these views, as far as the schema has what they need, and drops other answer views. Writes only where something differs.
    public func install(_ views: [AnswerView]) throws {
        let collections = Set(try schema().collections.map(\.name.rawValue))
        let wanted = Dictionary(
            AnswerView.fitting(views, beside: collections).map { ($0.name, $0.definition(isTemporary: false)) }
        ) { $1 }
        let found = try queue.read(Self.answerViews).filter { !collections.contains($0.key) }
        guard found != wanted else { return }
        try queue.write { database in
            for name in found.keys { try database.execute(sql: "DROP VIEW \(name.quotedDatabaseIdentifier)") }
            for definition in wanted.values.sorted() { try database.execute(sql: definition) }
        }
    }

    private static func answerViews(_ database: Database) throws -> [String: String] {
        let views = try database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'view'") { row in
            (try row.text(0, of: "the name of a view"), try row.text(1, of: "the text of a view"))
        }
        return Dictionary(views.filter { AnswerView.isName($0.0) }) { $1 }
    }
}

import AlmanacModel
import AlmanacPackage
import Testing

/// The 417 facts: each a statement, literally, and each that is more than prose a typed record.
@Suite struct FactsTests {
    private static let literal = [
        "subject_printed": "subject", "subject_type": "subject_type", "kind": "kind", "indicator_printed": "indicator",
        "value_printed": "value", "unit": "unit", "currency": "currency", "period": "period",
        "edition_printed": "edition_or_report", "publisher_printed": "original_publisher", "qualifier": "qualifier",
        "notes": "notes", "statement": "statement",
    ]
    private static let prose: Set<String> = ["claim", "policy_framework", "program"]

    @Test func everyFactIsAStatementAsPrinted() throws {
        let starter = try StarterPackage.read()
        let facts = try StarterPackage.raw("facts.csv")
        #expect(facts.count == 417 && starter.rows["statements"]?.count == 417)
        for fact in facts {
            let key = try #require(fact["fact_id"])
            for (field, column) in Self.literal {
                #expect(try starter.text(field, of: key, in: "statements") == fact[column], "\(key) \(field)")
            }
            #expect(try starter.text("article", of: key, in: "statements") == "article-\(fact["article"] ?? "")")
            let printed = try #require(fact["value"])
            #expect(try starter.decimal("value", of: key, in: "statements") == ExactDecimal(printed), "\(key)")
        }
    }

    @Test func everyFactThatIsMoreThanProseIsATypedRecord() throws {
        let starter = try StarterPackage.read()
        let typed = try typedStatements(starter)
        for fact in try StarterPackage.raw("facts.csv") {
            guard let kind = fact["kind"], !Self.prose.contains(kind) else { continue }
            let key = try #require(fact["fact_id"])
            #expect(typed.contains(Text(key)), "\(key), \(kind): \(fact["statement"] ?? "")")
        }
    }

    @Test func conflictsNotedBesideAFactAreThere() throws {
        let starter = try StarterPackage.read()
        let pairs = try StarterPackage.raw("facts.csv").flatMap { fact in
            (fact["conflicts_with"] ?? "").split(separator: " ").map { Text("\(fact["fact_id"] ?? "")/\($0)") }
        }
        #expect(pairs.count == 158)
        #expect(starter.rows["statement_conflicts"].map { Set($0.keys) } == Set(pairs))
        for conflict in try StarterPackage.raw("conflicts.csv") {
            let key = try #require(conflict["conflict_id"]).lowercased()
            #expect(try starter.text("topic", of: key, in: "contradictions") == conflict["topic"])
        }
    }

    /// The statements that a record of another collection names as its origin. Conflicts and the sides of contradictions do not
    /// count: they say that a statement is disputed, not what it says.
    private func typedStatements(_ starter: StarterPackage) throws -> Set<Text> {
        let statements = try #require(starter.schema.collection(named: "statements"))
        var found: Set<Text> = []
        for collection in starter.collections
        where !["statements", "statement_conflicts", "contradiction_sides"].contains(collection.name.rawValue) {
            guard let field = collection.field(named: "statement"), field.type == .reference(statements.id) else { continue }
            for row in (starter.rows[collection.name.rawValue] ?? [:]).values {
                if case .key(let key)? = row[field.id] { found.insert(key) }
            }
        }
        return found
    }
}

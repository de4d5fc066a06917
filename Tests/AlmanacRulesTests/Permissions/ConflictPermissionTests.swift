import AlmanacModel
import AlmanacRules
import Testing

@Suite struct ConflictPermissionTests {
    private func conflict(_ state: Value? = "open") throws -> Record {
        try People.record(
            ConflictSchema.collection,
            [ConflictSchema.state: state, ConflictSchema.resolvedBy: state == "open" ? nil : "kim"].compactMapValues(\.self))
    }

    private func resolve(in stream: String, state: Value? = "open", by person: Value = "lea") throws -> ResolvedChange {
        .edit(
            try conflict(state), in: try People.stream(stream),
            [
                PatchedField(ConflictSchema.state, "resolved"), PatchedField(ConflictSchema.kept, "mine"),
                PatchedField(ConflictSchema.resolvedBy, person),
            ])
    }

    @Test func thoseResolveWhoMayWriteThere() throws {
        let (apac, annotator, none) = (["apac": TeamRole.member], Role.annotator, [String: TeamRole]())
        for (stream, role, teams, mayResolve) in [
            ("team/apac", annotator, apac, true), ("team/apac", .reader, apac, false), ("team/emea", .curator, apac, false),
            ("curation", .curator, none, true), ("curation", annotator, apac, false), ("people/lea", .reader, none, true),
            ("people/kim", .administrator, none, false), ("roster/apac", .administrator, none, true),
            ("roster/apac", .curator, apac, false), ("roster/apac", .reader, ["apac": .owner], true),
            ("rankings", .administrator, none, false),
        ] {
            let person = try People.with(role, teams: teams)
            #expect((try person.refusal(resolve(in: stream)) == nil) == mayResolve, "\(stream), \(role)")
        }
    }

    @Test func aConflictIsResolvedOnce() throws {
        let curator = try People.with(.curator)
        #expect(try curator.refusal(resolve(in: "curation", state: "resolved")) == .resolved(by: "kim"))
        #expect(try curator.refusal(resolve(in: "curation", state: nil)) != nil)
    }

    @Test func nobodyResolvesInAnothersName() throws {
        let curator = try People.with(.curator)
        let refusal = Refusal.notNaming(ConflictSchema.resolvedBy, of: ConflictSchema.collection, person: "lea")
        #expect(try curator.refusal(resolve(in: "curation", by: "kim")) == refusal)
    }

    @Test func nobodyMakesMovesDeletesOrRewritesConflicts() throws {
        let administrator = try People.with(.administrator, teams: ["apac": .owner])
        let (curation, collection) = (StreamName.curation, ConflictSchema.collection)
        for change in [
            ResolvedChange.make(collection, in: curation, values: []), .delete(try conflict(), in: curation),
            .move(try conflict(), from: curation, to: try People.stream("team/apac")),
        ] {
            #expect(administrator.refusal(change) == .notByPeople(change.action, collection))
        }
        let definition = try #require(Schema.system.collection(collection))
        for field in definition.fields.map(\.id)
        where ![ConflictSchema.state, ConflictSchema.kept, ConflictSchema.resolvedBy].contains(field) {
            let edit = ResolvedChange.edit(try conflict(), in: curation, [PatchedField(field, "x")])
            #expect(administrator.refusal(edit) == .fixedField(collection, field))
        }
    }
}

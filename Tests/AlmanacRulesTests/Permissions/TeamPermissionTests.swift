import AlmanacModel
import AlmanacRules
import Testing

@Suite struct TeamPermissionTests {
    private func team() throws -> Record {
        try People.record(TeamSchema.collection, [TeamSchema.name: "apac", TeamSchema.owners: .textSet(TextSet(["kim"]))])
    }

    private func edit(_ field: FieldID) throws -> ResolvedChange {
        .edit(try team(), in: try People.stream("roster/apac"), [PatchedField(field, "x")])
    }

    @Test func administratorsMakeTeamsWhereTheirNameSays() throws {
        func make(_ name: Value, _ stream: String) throws -> ResolvedChange {
            .make(TeamSchema.collection, in: try People.stream(stream), values: [FieldValue(TeamSchema.name, name)])
        }
        let administrator = try People.with(.administrator)
        #expect(try administrator.refusal(make("apac", "roster/apac")) == nil)
        for stream in ["roster/emea", "team/apac", "rankings", "roster", "roster/apac/x"] {
            #expect(
                try administrator.refusal(make("apac", stream)) == .misplaced(TeamSchema.collection, People.stream(stream)))
        }
        for role in Role.allCases where role < .administrator {
            let owner = try People.with(role, teams: ["apac": .owner])
            #expect(try owner.refusal(make("apac", "roster/apac")) == .role(role, needed: .administrator, to: .makeTeam))
        }
    }

    @Test(arguments: [TeamSchema.members, TeamSchema.owners, TeamSchema.title])
    func administratorsAndOwnersSayWhoBelongsToIt(field: FieldID) throws {
        let apac = try #require(TeamName("apac"))
        #expect(try People.with(.administrator).refusal(edit(field)) == nil)
        #expect(try People.with(.reader, teams: ["apac": .owner]).refusal(edit(field)) == nil)
        #expect(try People.with(.curator, teams: ["apac": .member, "emea": .owner]).refusal(edit(field)) == .notOwner(apac))
        #expect(try People.with(.curator).refusal(edit(field)) == .notOwner(apac))
    }

    @Test func nobodyRenamesDeletesOrMovesATeam() throws {
        let administrator = try People.with(.administrator, teams: ["apac": .owner])
        let collection = TeamSchema.collection
        #expect(try administrator.refusal(edit(TeamSchema.name)) == .fixedField(collection, TeamSchema.name))
        let roster = try People.stream("roster/apac")
        #expect(try administrator.refusal(.delete(team(), in: roster)) == .notByPeople(.delete, collection))
        let other = try People.stream("roster/emea")
        #expect(try administrator.refusal(.move(team(), from: roster, to: other)) == .notByPeople(.move, collection))
    }
}

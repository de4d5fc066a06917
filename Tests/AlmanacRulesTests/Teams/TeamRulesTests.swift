import AlmanacModel
import AlmanacRules
import Testing

@Suite struct TeamRulesTests {
    private let collection = TeamSchema.collection

    private func team(_ name: Value? = "apac", owners: [Text] = ["kim"], members: [Text] = ["kim", "lea"]) -> [FieldValue] {
        [].patched(by: [
            PatchedField(TeamSchema.name, name), PatchedField(TeamSchema.owners, .textSet(TextSet(owners))),
            PatchedField(TeamSchema.members, .textSet(TextSet(members))),
        ])
    }

    private func violation(_ values: [FieldValue]) -> RuleViolation? {
        do throws(RuleViolation) { try TeamRules.check(values) } catch { return error }
        return nil
    }

    @Test func ownersAreMembersAndThereIsOne() {
        #expect(violation(team()) == nil)
        #expect(violation(team(owners: ["kim", "lea"])) == nil)
        #expect(violation(team(owners: [])) == .missing(collection, TeamSchema.owners))
        #expect(violation(team(owners: ["ada", "kim"])) == .ownerNotMember("ada"))
        #expect(violation(team().patched(by: [PatchedField(TeamSchema.owners, nil)])) == .missing(collection, TeamSchema.owners))
        #expect(violation(team().patched(by: [PatchedField(TeamSchema.members, nil)])) == .ownerNotMember("kim"))
    }

    @Test func namesAreNames() {
        #expect(violation(team(nil)) == .missing(collection, TeamSchema.name))
        for name in ["", "APAC", "a/b", "-a", "../x", "a b"] as [Text] {
            #expect(violation(team(.text(name))) == .malformed(collection, TeamSchema.name, name))
        }
        for person in ["", "le\na", Text(String(repeating: "x", count: 65))] as [Text] {
            let members: [Text] = ["kim", person]
            #expect(violation(team(members: members)) == .malformed(collection, TeamSchema.members, person))
        }
    }

    @Test func threat20_sizesAreBounded() {
        let title = Text(String(repeating: "x", count: 257))
        let titled = team().patched(by: [PatchedField(TeamSchema.title, .text(title))])
        #expect(violation(titled) == .tooLong(collection, TeamSchema.title, maximum: 256))
        #expect(
            violation(team(members: ["kim"] + (1...1_024).map { Text("p\($0)") }))
                == .tooMany(collection, TeamSchema.members, maximum: 1_024))
    }

    /// Names are bytes: whoever looks like somebody is somebody else.
    @Test func threat13_membershipsAreByBytes() throws {
        let composed: Text = "l\u{e9}a"
        let found = try #require(TeamRules.memberships(team(owners: ["kim", "ada"], members: ["kim", composed])))
        #expect(found.team == TeamName("apac"))
        #expect(found.people == ["kim": .owner, composed: .member])
        #expect(found.people["le\u{301}a"] == nil)
        #expect(TeamRules.memberships([]) == nil)
    }
}

import AlmanacModel
import AlmanacRules
import Testing

@Suite struct AnnotationPermissionTests {
    private func annotation(by author: Value? = "lea") throws -> Record {
        try People.record(
            AnnotationSchema.collection,
            [AnnotationSchema.author: author, AnnotationSchema.text: "Fund II closed"].compactMapValues(\.self))
    }

    private func make(in stream: String = "team/apac") throws -> ResolvedChange {
        .make(AnnotationSchema.collection, in: try People.stream(stream), values: [])
    }

    private func edit(_ field: FieldID, _ value: Value?, by author: Value? = "lea") throws -> ResolvedChange {
        .edit(try annotation(by: author), in: try People.stream("team/apac"), [PatchedField(field, value)])
    }

    @Test func membersAnnotateFromAnnotatorOn() throws {
        let apac = try #require(TeamName("apac"))
        for role in Role.allCases {
            let member = try People.with(role, teams: ["apac": .member])
            let outsider = try People.with(role, teams: ["emea": .owner])
            if role == .reader {
                #expect(try member.refusal(make()) == .role(.reader, needed: .annotator, to: .annotate))
            } else {
                #expect(try member.refusal(make()) == nil)
                #expect(try outsider.refusal(make()) == .notMember(apac))
            }
        }
    }

    @Test(arguments: ["rankings", "reference", "roster/apac", "people/lea", "curation", "team", "team/apac/x"])
    func annotationsAreInTeamsAndNowhereElse(stream: String) throws {
        let member = try People.with(.administrator, teams: ["apac": .owner])
        #expect(try member.refusal(make(in: stream)) == .misplaced(AnnotationSchema.collection, People.stream(stream)))
    }

    /// To be granted a team's stream is to read it.
    @Test func threat13_aGrantIsNoMembership() throws {
        let apac = try #require(TeamName("apac"))
        let rights = Rights(person: "lea", role: .annotator, granted: [.exactly(.team(apac))])
        #expect(rights.mayRead(.team(apac)))
        #expect(try WritePermission(rights).refusal(make()) == .notMember(apac))
    }

    @Test(arguments: [
        AnnotationSchema.text, AnnotationSchema.tags, AnnotationSchema.kind, AnnotationSchema.correction, AnnotationSchema.source,
        AnnotationSchema.edited,
    ])
    func whatItsAuthorWroteIsTheAuthors(field: FieldID) throws {
        let owner = try People.with(.administrator, teams: ["apac": .owner])
        #expect(try owner.refusal(edit(field, "x")) == nil)
        #expect(try owner.refusal(edit(field, "x", by: "kim")) == .notAuthor(.edit, author: "kim"))
        #expect(try owner.refusal(edit(field, "x", by: nil)) == .notAuthor(.edit, author: nil))
        let former = try People.with(.annotator, teams: ["emea": .member])
        #expect(try former.refusal(edit(field, "x")) == .notMember(#require(TeamName("apac"))))
    }

    @Test func everyFieldIsSomebodysOrFixed() throws {
        let owner = try People.with(.administrator, teams: ["apac": .owner])
        let definition = try #require(Schema.system.collection(AnnotationSchema.collection))
        let editable = AnnotationRules.authored.union([
            AnnotationSchema.edited, AnnotationSchema.state, AnnotationSchema.closedBy,
        ])
        for field in definition.fields where !editable.contains(field.id) {
            #expect(try owner.refusal(edit(field.id, "lea")) == .fixedField(definition.id, field.id), "\(field.name)")
        }
        #expect(try owner.refusal(edit(#require(FieldID(900)), "x")) != nil, "a field of a newer version")
    }

    @Test func everyMemberOpensAndClosesThreads() throws {
        let kim = try People.with(.annotator, "kim", teams: ["apac": .member])
        for state in ["open", "resolved"] as [Value] { #expect(try kim.refusal(edit(AnnotationSchema.state, state)) == nil) }
        #expect(try kim.refusal(edit(AnnotationSchema.closedBy, "kim")) == nil)
        #expect(try kim.refusal(edit(AnnotationSchema.closedBy, nil)) == nil)
        let forged = Refusal.notNaming(AnnotationSchema.closedBy, of: AnnotationSchema.collection, person: "kim")
        #expect(try kim.refusal(edit(AnnotationSchema.closedBy, "lea")) == forged)
        let reader = try People.with(.reader, "kim", teams: ["apac": .owner])
        #expect(try reader.refusal(edit(AnnotationSchema.state, "resolved")) != nil)
    }

    @Test func acceptingTakesACurator() throws {
        let accept = try edit(AnnotationSchema.state, "accepted", by: "kim")
        for role in Role.allCases where role >= .annotator {
            let member = try People.with(role, teams: ["apac": .member])
            #expect(member.refusal(accept) == (role >= .curator ? nil : .role(role, needed: .curator, to: .accept)))
        }
        #expect(try People.with(.curator).refusal(accept) == .notMember(#require(TeamName("apac"))))
    }

    @Test func oneFieldThatIsNotAllowedRefusesAll() throws {
        let fields = [PatchedField(AnnotationSchema.text, "x"), PatchedField(AnnotationSchema.author, "lea")]
        let change = ResolvedChange.edit(try annotation(), in: try People.stream("team/apac"), fields)
        let lea = try People.with(.annotator, teams: ["apac": .member])
        #expect(lea.refusal(change) == .fixedField(AnnotationSchema.collection, AnnotationSchema.author))
    }

    @Test func authorsAndOwnersDelete() throws {
        let apac = try People.stream("team/apac")
        let delete = ResolvedChange.delete(try annotation(), in: apac)
        #expect(try People.with(.annotator, teams: ["apac": .member]).refusal(delete) == nil)
        #expect(try People.with(.annotator, "kim", teams: ["apac": .owner]).refusal(delete) == nil)
        for role in Role.allCases where role >= .annotator {
            let kim = try People.with(role, "kim", teams: ["apac": .member, "emea": .owner])
            #expect(kim.refusal(delete) == .notAuthor(.delete, author: "lea"))
        }
        #expect(try People.with(.annotator).refusal(delete) != nil, "an author who is a member no longer")
    }

    @Test func itsAuthorMovesItBetweenTeams() throws {
        let (apac, emea) = (try People.stream("team/apac"), try People.stream("team/emea"))
        let move = ResolvedChange.move(try annotation(), from: apac, to: emea)
        #expect(try People.with(.annotator, teams: ["apac": .member, "emea": .member]).refusal(move) == nil)
        #expect(try People.with(.annotator, teams: ["apac": .member]).refusal(move) == .notMember(#require(TeamName("emea"))))
        #expect(try People.with(.annotator, teams: ["emea": .member]).refusal(move) == .notMember(#require(TeamName("apac"))))
        let owner = try People.with(.administrator, "kim", teams: ["apac": .owner, "emea": .owner])
        #expect(owner.refusal(move) == .notAuthor(.move, author: "lea"))
        let out = ResolvedChange.move(try annotation(), from: apac, to: try People.stream("rankings"))
        #expect(try People.with(.administrator, teams: ["apac": .owner]).refusal(out) != nil)
    }
}

import AlmanacClient
import AlmanacModel
import AlmanacRules
import Testing

@Suite struct AuthoringTests {
    private static func team(_ name: String) throws -> TeamName { try #require(TeamName(name)) }

    @Test func whoBelongsToOneTeamAloneNeedNotNameIt() throws {
        let records = try MemoryRecords.sample()
        #expect(try records.authoring("tom").team(named: nil) == Self.team("apac"))
        #expect(throws: WritingError.noTeamChosen([try Self.team("apac"), try Self.team("emea")])) {
            try records.authoring("lea").team(named: nil)
        }
        #expect(throws: WritingError.noTeam) { try records.authoring("eve").team(named: nil) }
        #expect(throws: WritingError.self) { try records.authoring("lea").team(named: "no such team") }
    }

    @Test func theAudienceIsCountedAndNamed() throws {
        let audience = try MemoryRecords.sample().authoring().audience(of: Self.team("apac"), about: .reference)
        #expect(audience.sentence == "3 people of team apac will see it")
        #expect(audience.caveat == nil)
    }

    @Test func aStreamThatIsNotOpenIsToldBeforehand() throws {
        let authoring = try MemoryRecords.sample().authoring(open: false)
        let audience = try authoring.audience(of: Self.team("apac"), about: StreamName("rankings"))
        #expect(audience.caveat?.contains("rankings") == true)
    }

    @Test func whatSomeOfTheTeamCannotReadIsRefusedBeforehand() throws {
        let authoring = try MemoryRecords.sample().authoring()
        #expect(throws: WritingError.notForTeam(try Self.team("apac"), .team(try Self.team("emea")), people: ["tom"])) {
            try authoring.audience(of: Self.team("apac"), about: .team(Self.team("emea")))
        }
        #expect(try authoring.audience(of: Self.team("emea"), about: .team(Self.team("apac"))).count == 2)
    }

    @Test func whatTheAuthorityWouldRefuseIsRefusedHere() throws {
        let records = try MemoryRecords.sample()
        let target = try TargetFinder(records).find("clusters/1")
        let refusals: [(String, Role, String)] = [
            ("lea", .reader, "annotating takes the role annotator"), ("eve", .annotator, "not a member of the team apac"),
        ]
        for (person, role, sentence) in refusals {
            let authoring = try records.authoring(person, role)
            let error = #expect(throws: WritingError.self) {
                try NewAnnotation(.note, of: target, for: Self.team("apac"), in: authoring)
            }
            #expect(error?.sentence.contains(sentence) == true, "\(error?.sentence ?? "")")
            #expect(error?.status == .notAllowed)
        }
    }

    @Test("Threat 20, huge text: what the authority would not take is refused before it is saved") func hugeTexts() throws {
        let records = try MemoryRecords.sample()
        let authoring = try records.authoring()
        let annotation = try NewAnnotation(
            .note, of: TargetFinder(records).find("clusters/1"), for: Self.team("apac"), in: authoring)
        let longest = String(repeating: "x", count: 65_536)
        _ = try annotation.proposal(longest, authoring, id: .fresh(), now: SystemClock.now())
        #expect(throws: WritingError.self) {
            try annotation.proposal(longest + "x", authoring, id: .fresh(), now: SystemClock.now())
        }
        for tag in ["", "two words", String(repeating: "x", count: 65), "\u{1b}[31m"] {
            #expect(throws: WritingError.self) {
                try NewAnnotation(
                    .note, of: TargetFinder(records).find("clusters/1"), for: Self.team("apac"), tags: [tag], in: authoring)
            }
        }
    }
}

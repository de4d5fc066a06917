import AlmanacModel
import AlmanacRules
import Testing

@Suite struct ReadPermissionTests {
    private func reader(open: [String] = [], granted: [String] = []) throws -> ReadPermission {
        ReadPermission(role: .reader, open: try open.map(pattern), granted: try granted.map(pattern))
    }

    private func pattern(_ text: String) throws -> StreamPattern { try #require(StreamPattern(text)) }

    private func stream(_ text: String) throws -> StreamName { try #require(StreamName(text)) }

    @Test func streamsAreClosedByDefault() throws {
        let reader = try reader()
        for name in [
            "rankings", "investments", "investments/asia", "team/apac", "people/lea", "curation", "references", "reference/x",
        ] {
            #expect(try !reader.mayRead(stream(name)), "\(name)")
        }
    }

    @Test func everyReaderReadsReference() throws {
        #expect(try reader().mayRead(.reference))
        #expect(try reader(open: ["rankings"], granted: ["team/apac"]).mayRead(.reference))
    }

    @Test func whatTheDatasetOpensAndWhatWasGrantedAddUp() throws {
        let reader = try reader(open: ["rankings"], granted: ["team/apac"])
        #expect(try reader.mayRead(stream("rankings")))
        #expect(try reader.mayRead(stream("team/apac")))
        #expect(try !reader.mayRead(stream("team/emea")))
        #expect(try !reader.mayRead(stream("team")))
    }

    /// A stream that is born of a partition value is as closed as any other.
    @Test func aNameDoesNotOpenWhatIsBelowIt() throws {
        let reader = try reader(open: ["investments"])
        #expect(try reader.mayRead(stream("investments")))
        #expect(try !reader.mayRead(stream("investments/asia")))
    }

    @Test func aPatternOpensWhatIsBelowItsNameAndNothingElse() throws {
        for reader in [try reader(open: ["investments/*"]), try reader(granted: ["investments/*"])] {
            #expect(try reader.mayRead(stream("investments/asia")))
            #expect(try reader.mayRead(stream("investments/asia/japan")))
            #expect(try !reader.mayRead(stream("investments")))
            #expect(try !reader.mayRead(stream("investments-asia/x")))
            #expect(try !reader.mayRead(stream("investmentsx")))
        }
    }

    @Test func theStarOpensTheDataset() throws {
        for name in ["rankings", "investments/asia", "a/b/c/d", "teams", "team-apac"] {
            #expect(try reader(granted: ["*"]).mayRead(stream(name)), "\(name)")
            #expect(try reader(open: ["*"]).mayRead(stream(name)), "\(name)")
        }
    }

    private static let working = [
        "team", "team/apac", "team/apac/x", "roster", "roster/apac", "people", "people/lea", "curation",
    ]

    @Test(arguments: working) func threat13_theStarOpensNoWorkingStream(name: String) throws {
        for role in Role.allCases {
            let rights = ReadPermission(role: role, open: [.all], granted: [.all], person: "kim", teams: [])
            let byRole = name == "curation" ? role >= .curator : name == "roster/apac" && role == .administrator
            #expect(try rights.mayRead(stream(name)) == byRole, "\(role)")
        }
    }

    @Test(arguments: working) func aWorkingStreamIsOpenWhereItIsNamed(name: String) throws {
        #expect(try reader(granted: [name]).mayRead(stream(name)))
        #expect(try reader(open: [name]).mayRead(stream(name)))
    }

    @Test func aPatternBelowABaseNamesWhatIsThere() throws {
        let reader = try reader(granted: ["team/*", "people/*"])
        #expect(try reader.mayRead(stream("team/apac")))
        #expect(try reader.mayRead(stream("people/lea")))
        #expect(try !reader.mayRead(stream("roster/apac")))
        #expect(try !reader.mayRead(stream("curation")))
        #expect(try !reader.mayRead(stream("team")))
    }

    @Test func membersReadTheirTeamAndItsRoster() throws {
        let apac = try #require(TeamName("apac"))
        let member = ReadPermission(role: .reader, open: [], granted: [], person: "lea", teams: [apac])
        for (name, isOpen) in [
            ("team/apac", true), ("roster/apac", true), ("team/emea", false), ("roster/emea", false), ("team/apac/x", false),
            ("people/lea", true), ("people/kim", false), ("people/apac", false), ("curation", false), ("apac", false),
        ] {
            #expect(try member.mayRead(stream(name)) == isOpen, "\(name)")
        }
    }

    @Test func administratorsReadRostersAndNotWhatTeamsWrite() throws {
        let administrator = ReadPermission(role: .administrator, open: [], granted: [], person: "ada")
        #expect(try administrator.mayRead(stream("roster/apac")))
        #expect(try administrator.mayRead(stream("curation")))
        #expect(try !administrator.mayRead(stream("team/apac")))
        #expect(try !administrator.mayRead(stream("people/lea")))
        #expect(try !administrator.mayRead(stream("rankings")))
    }

    @Test func whoeverReadsTheSameOfSomeStreamsHasTheSameNarrowPermission() throws {
        let apac = try #require(TeamName("apac"))
        let lea = ReadPermission(role: .annotator, open: [.all], granted: [], person: "lea", teams: [apac])
        let kim = ReadPermission(role: .curator, open: [.all], granted: [], person: "kim", teams: [])
        let common = Set(try ["rankings", "reference", "team/emea"].map(stream))
        let all = common.union(try ["curation", "team/apac", "people/lea", "people/kim"].map(stream))
        #expect(lea.narrowed(to: common) == kim.narrowed(to: common))
        #expect(lea.narrowed(to: all) != kim.narrowed(to: all))
        for stream in all {
            #expect(lea.narrowed(to: all).mayRead(stream) == lea.mayRead(stream), "\(stream)")
            #expect(kim.narrowed(to: all).mayRead(stream) == kim.mayRead(stream), "\(stream)")
        }
        #expect(try !lea.narrowed(to: common).mayRead(stream("team/apac")))
    }
}

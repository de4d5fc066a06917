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

    @Test func theStarOpensEverything() throws {
        for name in ["rankings", "team/apac", "a/b/c/d"] {
            #expect(try reader(granted: ["*"]).mayRead(stream(name)))
            #expect(try reader(open: ["*"]).mayRead(stream(name)))
        }
    }
}

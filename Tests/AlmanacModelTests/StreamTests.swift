import AlmanacModel
import Testing

@Suite struct StreamTests {
    @Test(arguments: [
        "reference", "rankings", "investments/asia", "team/apac", "a/b/c/d", "0", "a-b", String(repeating: "x", count: 128),
    ])
    func namesAreTaken(name: String) throws {
        #expect(try #require(StreamName(name)).rawValue == name)
    }

    @Test(arguments: [
        "", "/", "a/", "/a", "a//b", "A", "ä", "a b", "a_b", "a.b", "../a", "-a", "a/-b", "a/b/c/d/e", "*", "a/*", "a\0",
        "a/\u{301}b",
        "a\u{301}", String(repeating: "x", count: 129),
    ])
    func namesAreRefused(name: String) {
        #expect(StreamName(name) == nil)
    }

    @Test(arguments: [
        ("Asia", "investments/asia"), ("Latin America & the Caribbean", "investments/latin-america-the-caribbean"),
        ("2024", "investments/2024"),
        (" x ", "investments/x"), ("Côte d'Ivoire", "investments/c-te-d-ivoire"), ("../../etc", "investments/etc"),
        ("a/b", "investments/a-b"), ("x\u{0}\u{1B}y", "investments/x-y"),
    ])
    func partitionFoldsTheValue(value: String, name: String) throws {
        #expect(try #require(StreamName("investments")).partition(value)?.rawValue == name)
    }

    @Test func partitionOfNothingUsableIsNone() throws {
        let name = try #require(StreamName("investments"))
        for value in ["", "  ", "---", "日本", "/", "..", String(repeating: "x", count: 200)] {
            #expect(name.partition(value) == nil)
        }
        #expect(try #require(StreamName("a/b/c/d")).partition("e") == nil)
    }

    @Test func patternsMatchWhatTheySay() throws {
        let names = ["investments", "investments/asia", "investments/asia/east", "investments-2/asia", "rankings"]
        func matches(_ pattern: String) throws -> [String] {
            let pattern = try #require(StreamPattern(pattern))
            return names.filter { StreamName($0).map(pattern.matches) == true }
        }
        #expect(try matches("*") == names)
        #expect(try matches("investments") == ["investments"])
        #expect(try matches("investments/*") == ["investments/asia", "investments/asia/east"])
        #expect(try matches("investments/asia/*") == ["investments/asia/east"])
        #expect(try matches("team/*") == [])
    }

    @Test(arguments: ["", "/*", "**", "*/*", "a*", "a/*/b", "*a", "A/*", "a//*", "a/* "])
    func patternsAreRefused(pattern: String) {
        #expect(StreamPattern(pattern) == nil)
    }

    @Test(arguments: ["*", "a", "a/*", "a/b/*"]) func patternsAreWrittenAsTheyAreRead(pattern: String) {
        #expect(StreamPattern(pattern)?.description == pattern)
    }

    @Test func namesAreOrderedByBytes() {
        let sorted = ["a", "a-b", "a/b", "a0", "aa", "b"].compactMap { StreamName($0) }
        #expect(sorted.reversed().sorted() == sorted)
    }
}

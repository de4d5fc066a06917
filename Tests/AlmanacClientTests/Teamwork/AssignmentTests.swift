import Testing

@testable import AlmanacClient

struct AssignmentTests {
    @Test func fieldsAndElements() throws {
        let set = try #require(Assignment("name=a=b"))
        #expect((set.field, set.text) == ("name", "a=b"))
        #expect(set.operation == .set)
        #expect(Assignment("tags+=deal")?.operation == .add)
        #expect(Assignment("tags-=deal")?.operation == .remove)
        #expect(Assignment("tags-=deal")?.field == "tags")
        #expect(Assignment("name=")?.text == "")
        #expect(Assignment("name=+1")?.text == "+1")
    }

    @Test(arguments: ["", "name", "=x", "+=x", "-=x"]) func whatIsNone(_ text: String) { #expect(Assignment(text) == nil) }
}

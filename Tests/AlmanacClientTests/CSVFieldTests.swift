import Testing

@testable import AlmanacClient

struct CSVFieldTests {
    @Test(arguments: [
        ("", "\"\""), ("a b", "a b"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("\"\u{301}", "\"\"\"\u{301}\""),
        ("\r\n", "\"\r\n\""),
    ])
    func isQuotedWhereItMustBe(_ text: String, _ field: String) {
        #expect(Array(CSVField.text(text).utf8) == Array(field.utf8))
    }
}

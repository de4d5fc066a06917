import AlmanacClient
import Testing

@Suite struct DraftTextTests {
    @Test(arguments: ["", "one line", "# A heading\n\n- a list\n# not a comment", "line\n\n\nline", "trailing  "])
    func whatStandsAboveTheMarkComesBackAsItIs(_ text: String) {
        #expect(DraftText.text(of: DraftText.content(text, comments: ["14 people will see it", "\u{1b}[31m\nred"])) == text)
    }

    @Test func emptyLinesAroundItGo() {
        #expect(DraftText.text(of: "\n \n\ntext\n  more\n\n\t\n") == "text\n  more")
        #expect(DraftText.text(of: "\r\ntext\r\nmore\r\n") == "text\nmore")
    }

    @Test func aTextWithoutTheMarkIsKeptWhole() {
        #expect(DraftText.text(of: "text\n# ---- >8 ----\nmore") == "text\n# ---- >8 ----\nmore")
    }
}

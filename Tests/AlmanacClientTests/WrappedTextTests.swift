import Testing

@testable import AlmanacClient

struct WrappedTextTests {
    @Test func breaksAtSpaces() {
        #expect(WrappedText.lines("one two three", width: 7) == ["one two", "three"])
        #expect(WrappedText.lines("", width: 7) == [""])
        #expect(WrappedText.lines("one", width: 3) == ["one"])
    }

    @Test func longWordsAreBroken() {
        #expect(WrappedText.lines("a abcdefgh b", width: 3) == ["a", "abc", "def", "gh", "b"])
        #expect(WrappedText.lines("北京上", width: 4) == ["北京", "上"])
        #expect(WrappedText.lines("北", width: 1) == ["北"])
    }
}

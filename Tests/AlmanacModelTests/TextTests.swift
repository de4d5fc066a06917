import AlmanacModel
import Testing

@Suite struct TextTests {
    private let composed = Text("Z\u{FC}rich")
    private let decomposed = Text("Zu\u{308}rich")

    @Test func composedAndDecomposedDiffer() {
        #expect(composed.string == decomposed.string, "String takes them for equal, which is why Text exists")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(Value.text(composed) != Value.text(decomposed))
        #expect((composed < decomposed) != (decomposed < composed))
    }

    @Test func orderIsThatOfTheBytes() {
        let sorted: [Text] = ["", "A", "Z", "a", "aa", "b", "é", "z\u{308}"].sorted()
        for (text, next) in zip(sorted, sorted.dropFirst()) {
            #expect(text.utf8.lexicographicallyPrecedes(next.utf8))
        }
    }

    @Test(arguments: [[0x80], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x61, 0xff]] as [[UInt8]])
    func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) {
        #expect(Text(utf8: bytes) == nil)
    }

    @Test func bytesComeBackAsTheyWere() {
        for text in ["", "\0", "\r\n", "e\u{301}", "👩‍👩‍👧", "\u{FEFF}x"] {
            #expect(Text(utf8: Array(text.utf8)).map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test func setsAreSortedAndDistinctByBytes() {
        let set = TextSet(["b", "a", decomposed, composed, "b", "a"])
        #expect(set.elements == [decomposed, composed, "a", "b"])
        #expect(set == TextSet([composed, "a", "b", decomposed]))
        #expect(TextSet([Text]()).elements.isEmpty)
    }

    @Test func setsTakeOnlyAscendingElements() {
        #expect(TextSet(ascending: ["a", "b"]) == TextSet(["b", "a"]))
        #expect(TextSet(ascending: ["b", "a"]) == nil)
        #expect(TextSet(ascending: ["a", "a"]) == nil)
        #expect(TextSet(ascending: [decomposed, composed]) != nil)
        #expect(TextSet(ascending: [composed, decomposed]) == nil)
        #expect(TextSet(ascending: [])?.elements == [])
    }
}

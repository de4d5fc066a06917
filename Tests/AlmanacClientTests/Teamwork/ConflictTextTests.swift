import AlmanacModel
import Testing

@testable import AlmanacClient

/// Nobody takes a name for a text.
struct ConflictTextTests {
    @Test func textsOfSeveralLinesStandBelowWhoWroteThem() throws {
        let records = try MemoryRecords.sample()
        try records.put(
            MemoryRecords.id(ConflictSchema.collection, 1), in: .team(#require(TeamName("apac"))), at: 12,
            [
                1: .integer(5), 2: .integer(77), 3: .integer(6), 5: .text("value"), 6: .text("one\ntwo"),
                7: .text("one\n\nthree"), 8: .text("one"), 9: .text("lea"), 12: .text("tom"), 13: .integer(11),
                14: .text("open"),
            ])
        let authoring = try records.authoring()
        let conflict = try #require(try ConflictBook(authoring).all.first)
        let lines = try ConflictText(authoring, AnnotationBook(authoring), now: .distantFuture).lines(conflict)
        #expect(
            lines.prefix(7).dropFirst() == [
                "    base    (2 lines)", "            one", "            two", "    mine    (3 lines)", "            one", "",
            ])
        #expect(lines.contains { $0.hasPrefix("    server  \"one\"") && $0.hasSuffix("tom, r11") })
        let other = try records.authoring("ann")
        let theirs = try ConflictText(other, AnnotationBook(other), now: .distantFuture).lines(conflict)
        #expect(theirs.contains("    mine    (3 lines; lea)"))
    }
}

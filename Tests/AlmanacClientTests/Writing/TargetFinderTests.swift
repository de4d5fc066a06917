import AlmanacClient
import AlmanacModel
import Testing

@Suite struct TargetFinderTests {
    private static func finder(_ records: MemoryRecords) -> TargetFinder {
        TargetFinder(
            records,
            names: TargetNames(collections: ["clusters"]) { name in
                switch name {
                case "Tokyo": ["cluster/tokyo"]
                case "East": ["cluster/tokyo", "cluster/seoul"]
                default: []
                }
            })
    }

    @Test(arguments: [
        ("cluster/tokyo", "cluster/tokyo"), ("clusters/cluster/tokyo", "cluster/tokyo"), ("clusters/1", "cluster/tokyo"),
        ("Tokyo", "cluster/tokyo"), ("ranks/2025/tokyo", "ranks/2025/tokyo"), ("rank/2025/tokyo", "ranks/2025/tokyo"),
        ("2025/tokyo", "ranks/2025/tokyo"), ("ranks/7", "ranks/2025/tokyo"), ("notes/9", "notes/9"),
    ])
    func aRecordIsFoundInEveryWayInWhichPeopleNameIt(_ text: String, _ name: String) throws {
        let target = try Self.finder(MemoryRecords.sample()).find(text)
        #expect(target.name == name)
        #expect(try Self.finder(MemoryRecords.sample()).find(target.name).record == target.record)
    }

    @Test func aNameThatFitsSeveralAsksBackWithAllOfThem() throws {
        #expect(throws: WritingError.ambiguousTarget("East", candidates: ["clusters/cluster/tokyo", "clusters/cluster/seoul"])) {
            try Self.finder(MemoryRecords.sample()).find("East")
        }
    }

    @Test(arguments: [
        "", "/", "ranks/", "ranks/0", "ranks/-1", "ranks/99999999999999999999", "nothing/7", "teams2", "notes/text",
    ])
    func whatIsNotThereIsNotFound(_ text: String) throws {
        #expect(throws: WritingError.unknownTarget(text, near: [])) { try Self.finder(MemoryRecords.sample()).find(text) }
    }

    @Test func aFieldIsNamedOrTheOnesThatThereAreAreTold() throws {
        let finder = try Self.finder(MemoryRecords.sample())
        #expect(try finder.find("ranks/7", field: "share").title == "ranks/2025/tokyo, share")
        #expect(throws: WritingError.unknownField("shares", of: "ranks", known: ["key", "cluster", "share"])) {
            try finder.find("ranks/7", field: "shares")
        }
    }
}

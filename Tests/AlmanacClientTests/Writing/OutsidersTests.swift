import AlmanacModel
import AlmanacRules
import Testing

@testable import AlmanacClient

/// Whoever is mentioned and will not see it: the author hears of that, and nobody else.
struct OutsidersTests {
    private func proposal(_ text: String, team: String = "apac") throws -> Proposal {
        let authoring = try MemoryRecords.sample().authoring()
        let target = try TargetFinder(authoring.working, names: TargetNames(collections: ["clusters"])).find("clusters/1")
        let annotation = try NewAnnotation(.note, of: target, for: #require(TeamName(team)), in: authoring)
        return try annotation.proposal(text, authoring, id: .fresh(), now: #require(Instant(milliseconds: 0)))
    }

    @Test func thoseOutsideTheTeamAreNamed() throws {
        #expect(try proposal("@tom and @ann, and lea@example.org").outsiders.isEmpty)
        #expect(try proposal("@tom, ask @noor or @ada").outsiders == ["ada", "noor"])
        #expect(try proposal("@tom", team: "emea").outsiders == ["tom"])
    }

    @Test func anEditIsLookedAtToo() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("text")
        #expect(try scene.change(id).edit(text: "text for @noor").outsiders == ["noor"])
        #expect(try scene.change(id).reply("@noor").outsiders == ["noor"])
        #expect(try scene.change(id).edit(text: "text for @tom").outsiders.isEmpty)
    }
}

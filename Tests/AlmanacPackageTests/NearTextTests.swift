import TestSupport
import AlmanacPackage
import Testing

@Suite struct NearTextTests {
    private func near(_ text: String, _ candidates: String...) -> String? {
        var near = NearText(to: text)
        for candidate in candidates { near.look(at: candidate) }
        return near.found
    }

    @Test func theNearestIsFound() {
        #expect(near("beijng", "tokyo", "beijing", "beining") == "beijing")
        #expect(near("beijing-", "beijing", "nanjing") == "beijing")
        #expect(near("Sao", "sao", "são") == "sao", "case does not count")
        #expect(near("münchen", "munchen") == "munchen")
    }

    @Test func whatIsTooFarIsNot() {
        #expect(near("beijing", "nanjing") == nil, "three differ")
        #expect(near("ab", "cd", "ac") == nil, "half of it is not near")
        #expect(near("", "a") == nil)
        #expect(near("abc") == nil)
    }

    @Test func theDistanceIsSymmetric() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let (a, b) = (text(&random), text(&random))
            // Both ways, because the limit depends on one of them only: of the same length it is the same.
            guard a.count == b.count else { continue }
            #expect((near(a, b) == nil) == (near(b, a) == nil), "seed 7: \(a) \(b)")
        }
    }

    private func text(_ random: inout SeededGenerator) -> String {
        String((0..<Int.random(in: 3...6, using: &random)).map { _ in Bool.random(using: &random) ? "a" : "b" })
    }
}

import TestSupport
import AlmanacPackage
import Testing

/// What `almanac export` does to texts, and `almanacd import --neutralised` takes back.
struct FormulaTests {
    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x"])
    func threats21FormulasGetAnApostrophe(_ text: String) {
        let written = Formula.guarded(text)
        #expect(written == "'" + text)
        #expect(Formula.isGuarded(written))
        #expect(Formula.unguarded(written) == text)
    }

    @Test(arguments: ["", "'", "'a", "''", "1", "a=1", " =1", "é"])
    func otherTextsStayAsTheyAre(_ text: String) {
        #expect(Formula.guarded(text) == text)
        #expect(!Formula.isGuarded(text))
        #expect(Formula.unguarded(text) == text)
    }

    @Test func threats21NeutralisingIsReversibleForEveryText() {
        var random = SeededGenerator(seed: 21)
        let alphabet: [Character] = ["'", "=", "+", "-", "@", "\t", "\r", "a", "1", "\"", "é"]
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 0...5, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
            #expect(Formula.unguarded(Formula.guarded(text)) == text, "seed 21: \(text.debugDescription)")
            #expect(!"=+-@\t\r".unicodeScalars.contains(Formula.guarded(text).unicodeScalars.first ?? "a"))
        }
    }
}

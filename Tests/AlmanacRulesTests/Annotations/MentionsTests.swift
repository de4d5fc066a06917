import AlmanacModel
import AlmanacRules
import TestSupport
import Testing

@Suite struct MentionsTests {
    private func names(_ text: String) -> [String] { Mentions.names(in: text).elements.map(\.string) }

    @Test(arguments: [
        ("@lea", ["lea"]), ("Ask @lea, @kim; then @j.doe-2_x.", ["j.doe-2_x", "kim", "lea"]), ("(@lea)", ["lea"]),
        ("@lea... and @kim.", ["kim", "lea"]), ("see @lea\n@kim\t@ada", ["ada", "kim", "lea"]), ("**@lea**", ["lea"]),
        ("@lea @lea", ["lea"]), ("@Lea @lea", ["Lea", "lea"]), ("@lea/@kim", ["kim", "lea"]), ("@léa @李", ["léa", "李"]),
        ("@le\u{301}a", ["le\u{301}a"]), ("done.@lea", ["lea"]), ("@lea's", ["lea"]), ("@lea: https://example.org", ["lea"]),
        ("@42", ["42"]), ("“@lea”", ["lea"]),
    ])
    func namesBeginWords(text: String, expected: [String]) { #expect(names(text) == expected) }

    @Test(arguments: [
        "", "@", "lea", "lea@example.org", "j.doe+x@example.org", "<lea@example.org>", "mailto:lea@example.org",
        "@lea@example.org",
        "https://example.org/@lea", "(https://example.org/@lea)", "\\@lea", "@@lea", "@.lea", "@-lea", "@ lea", "a_@lea",
        "5 %@lea",
        "@...",
    ])
    func threat13_addressesMentionNobody(text: String) { #expect(names(text) == []) }

    @Test(
        arguments: [
            ("`@lea`", []), ("`` ` @lea ` ``", []), ("`@lea` @kim", ["kim"]), ("` @lea", ["lea"]), ("`` @lea `", ["lea"]),
            ("`a\n@lea\nb`", []), ("`a\n\n@lea\n\nb`", ["lea"]), ("\\`@lea`", ["lea"]), ("\\\\`@lea`", []), ("\\``@lea`", []),
            ("`a\\` @lea `b`", ["lea"]), ("```\n@lea\n```\n@kim", ["kim"]), ("~~~ swift\n@lea\n~~~\n@kim", ["kim"]),
            ("```\n@lea\n~~~\n@kim", []), ("````\n@lea\n```\n@kim\n````\n@ada", ["ada"]), ("```\n@lea", []),
            ("``` @lea ``` @kim", ["kim"]),
            ("- x\n    ```\n    @lea\n    ```\n@kim", ["kim"]), ("> ```\n> @lea\n> ```\n> @kim", ["kim"]),
            ("```\r\n@lea\r\n```\r\n@kim", ["kim"]),
            ("```\n@lea\n``` x\n@kim", []), ("~~~\n`\n~~~\n@lea `x`", ["lea"]), ("~~ @lea ~~", ["lea"]),
            ("`x\n```\n@lea\n```\n`@kim", ["kim"]),
        ] as [(String, [String])])
    func codeMentionsNobody(text: String, expected: [String]) { #expect(names(text) == expected) }

    @Test func theFirstOnesAreTaken() {
        let all = (100..<300).map { "@n\($0)" }.joined(separator: " ")
        #expect(names(all) == (100..<164).map { "n\($0)" })
        let long = String(repeating: "x", count: 65)
        #expect(names("@\(long) @\(long.dropLast())") == [String(long.dropLast())], "no name is longer than 64 bytes")
    }

    /// Whatever stands around it: what is found is a name, and no trap.
    @Test(arguments: Array(1...8) as [UInt64]) func threat20_anyTextHasFewValidNames(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "@", "lea", "`", "``", "```", "~~~", "\n", "\r\n", "\\", ".", "-", " ", "é", "\u{301}", "://", "😀", ">", "\u{0}",
        ]
        for round in 0..<500 {
            let text = (0..<generator.number(0...40)).map { _ in generator.pick(pieces) }.joined()
            for name in names(text) {
                #expect((1...64).contains(name.utf8.count), "seed \(seed), round \(round): \(text)")
                #expect(!name.hasSuffix(".") && text.contains("@\(name)"), "seed \(seed), round \(round): \(text)")
            }
        }
        let longest = (0..<32_000).map { _ in generator.pick(["`", "@", "\n", "a"]) }.joined()
        #expect(names(longest).count <= Mentions.limit, "seed \(seed)")
    }
}

/// Invented names and words.
struct Vocabulary {
    let words: [String]

    static let kinds = [
        "seed round", "series a", "series b", "venture debt", "grant", "series c", "joint venture", "acquisition",
    ]
    static let currencies = ["USD", "EUR", "CNY", "GBP", "JPY", "INR", "CHF"]
    static let countries = ["US", "CN", "DE", "GB", "JP", "KR", "FR", "IN", "CH", "IL", "SE", "NL", "SG", "CA", "BR", "AU"]
    static let suffixes = ["Labs", "Therapeutics", "Systems", "Robotics", "Energy", "Materials", "Analytics", "Photonics"]
    private static let syllables = [
        "ka", "no", "li", "ra", "ven", "tor", "mi", "sa", "qui", "del", "an", "ber", "so", "lu", "pra", "zen", "co", "fi", "gar",
        "hel", "jo", "nex", "or", "pul", "ri", "sta", "ty", "ul", "vox", "wim", "xa", "yel",
    ]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        words = (0..<2_000).map { _ in Self.word(2...4, &generator) }
    }

    static func word(_ syllableCount: ClosedRange<Int>, _ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: syllableCount, using: &generator)).map { _ in syllables.randomElement(using: &generator) ?? "a" }
            .joined()
    }

    static func properName(_ generator: inout SeededGenerator) -> String {
        word(2...3, &generator).capitalised
    }

    /// Between 6 and 40 words, most of them common ones.
    func sentence(_ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 6...40, using: &generator)
        let text = (0..<count).map { _ in generator.skewed(words) }.joined(separator: " ")
        return text.capitalised + "."
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

import AlmanacModel

/// A dataset of any size that is the same on every machine: deals between invented organisations, drawn from a seed.
///
/// Each row comes from the seed and its number alone. A later *revision* of a deal has another amount and another note, so that a
/// delta of it holds two of its ten fields.
public struct GeneratedDataset: Sendable {
    public static let standardCount = 100_000
    public static let standardSeed: UInt64 = 20_261_121

    public let seed: UInt64
    public let dealCount: Int
    /// Without notes, everything else stays as it is.
    public let hasNotes: Bool
    /// One for every hundred deals.
    public let organisationCount: Int
    private let vocabulary: Vocabulary

    private enum Salt {
        static let organisation: UInt64 = 1
        static let deal: UInt64 = 2
        /// And the revision.
        static let revised: UInt64 = 16
    }

    public init(
        dealCount: Int = GeneratedDataset.standardCount, seed: UInt64 = GeneratedDataset.standardSeed, hasNotes: Bool = true
    ) {
        self.seed = seed
        self.dealCount = dealCount
        self.hasNotes = hasNotes
        organisationCount = max(1, dealCount / 100)
        vocabulary = Vocabulary(seed: seed)
    }

    public func organisation(_ number: Int) -> Organisation {
        var generator = SeededGenerator(seed: seed, row: number, salt: Salt.organisation)
        let name = "\(Vocabulary.properName(&generator)) \(generator.skewed(Vocabulary.suffixes))"
        let country = generator.skewed(Vocabulary.countries)
        let founded = Int64.random(in: -10_000...18_000, using: &generator)
        return Organisation(number: number, name: name, country: country, foundedDay: founded)
    }

    public func deal(_ number: Int, revision: UInt64 = 0) -> Deal {
        var generator = SeededGenerator(seed: seed, row: number, salt: Salt.deal)
        let organisation = Int.random(in: 0..<organisationCount, using: &generator)
        let kind = generator.skewed(Vocabulary.kinds)
        let currency = generator.skewed(Vocabulary.currencies)
        let announced = Int64.random(in: 12_800...20_400, using: &generator)
        let updated = announced * 86_400_000 + Int64.random(in: 0..<34_560_000, using: &generator) * 1_000
        let investors = Int.random(in: 1...20, using: &generator)
        let name = "\(Vocabulary.properName(&generator)) \(Vocabulary.properName(&generator)), \(kind)"
        var revised = SeededGenerator(seed: seed, row: number, salt: Salt.revised + revision)
        return Deal(
            number: number, name: name, organisation: organisation, kind: kind, amount: Self.amount(&revised),
            currency: currency, announcedDay: announced, updatedMilliseconds: updated, investors: investors,
            note: revised.chance(70) && hasNotes ? vocabulary.sentence(&revised) : nil)
    }

    /// From thousands to hundreds of millions; most are round, some have cents.
    private static func amount(_ generator: inout SeededGenerator) -> ExactDecimal? {
        guard !generator.chance(4) else { return nil }
        let magnitude = [1_000, 10_000, 100_000, 1_000_000, 10_000_000].randomElement(using: &generator) ?? 1_000
        let isRound = generator.chance(70)
        guard !isRound else {
            return ExactDecimal(significand: Int64.random(in: 10...99, using: &generator) * Int64(magnitude), exponent: 0)
        }
        return ExactDecimal(significand: Int64.random(in: 100_000...Int64(magnitude) * 10_000, using: &generator), exponent: -2)
    }
}

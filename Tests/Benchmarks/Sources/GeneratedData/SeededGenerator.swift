/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The generator of one row: rows do not depend on each other.
    init(seed: UInt64, row: Int, salt: UInt64) {
        var mixer = SeededGenerator(seed: seed ^ UInt64(bitPattern: Int64(row)) &* 0xd134_2543_de82_ef95)
        state = mixer.next() ^ salt &* 0x2545_f491_4f6c_dd1d
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// From zero to one, in steps of 2^-53.
    mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// One of these, the first ones far more often than the last: roughly how words and categories are spread.
    mutating func skewed<Element>(_ elements: [Element]) -> Element {
        let u = fraction()
        return elements[Int(u * u * u * Double(elements.count))]
    }
}

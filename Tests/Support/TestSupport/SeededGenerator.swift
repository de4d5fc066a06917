/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed, for ever and on every machine.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    public mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    public mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// True once in so many times.
    public mutating func chance(_ oneIn: Int) -> Bool { number(1...oneIn) == 1 }

    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...(elements.count - 1))] }

    /// The bytes with one to four changes: a bit flipped, a byte replaced, removed, doubled, or set to an interesting value.
    public mutating func mutated(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0...(next() % 4) where !bytes.isEmpty {
            let place = Int(next() % UInt64(bytes.count))
            switch next() % 5 {
            case 0: bytes[place] ^= 1 << UInt8(next() % 8)
            case 1: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(bytes[place], at: place)
            default: bytes[place] = [0x00, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0x06][Int(next() % 8)]
            }
        }
        return bytes
    }
}

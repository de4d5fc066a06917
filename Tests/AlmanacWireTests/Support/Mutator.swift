/// Damages bytes in the ways that decoders have to expect.
struct Mutator {
    var generator: SeededGenerator

    mutating func mutate(_ bytes: [UInt8], other: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<generator.number(1...3) { mutateOnce(&bytes, other) }
        return bytes
    }

    private mutating func mutateOnce(_ bytes: inout [UInt8], _ other: [UInt8]) {
        guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
        let index = generator.number(0...(bytes.count - 1))
        switch generator.number(0...8) {
        case 0: bytes[index] ^= 1 << UInt8(generator.number(0...7))
        case 1: bytes[index] = generator.pick([0, 1, 0x7f, 0x80, 0xff])
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: index)
        case 4: bytes.removeLast(bytes.count - index)
        case 5: bytes.replaceSubrange(index...index, with: HandMade.varint(extreme()))
        case 6: bytes.insert(contentsOf: bytes[index...].prefix(generator.number(1...16)), at: index)
        case 7: bytes.replaceSubrange(index..., with: other.suffix(generator.number(0...other.count)))
        default: bytes[index] = bytes[index] &+ (generator.chance(2) ? 1 : 255)
        }
    }

    private mutating func extreme() -> UInt64 {
        let shift = UInt64(generator.pick([0, 7, 8, 13, 16, 17, 18, 22, 24, 31, 32, 40, 63]))
        return (1 << shift) &+ UInt64(generator.number(0...2)) &- 1
    }
}

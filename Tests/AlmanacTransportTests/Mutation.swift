import TestSupport
import NIOCore

/// Changes one place of what goes one way through a connection, and lets the rest pass.
struct Mutation {
    private var generator: SeededGenerator
    private let direction: TLSPair.Direction
    /// Bytes that still pass before the change; nil once it is made.
    private var distance: Int?

    init(seed: UInt64, along direction: TLSPair.Direction) {
        generator = SeededGenerator(seed: seed)
        self.direction = direction
        // Most changes hit the handshake, the others the data.
        let range = seed.isMultiple(of: 3) ? 0..<22_000 : 0..<1_500
        distance = Int.random(in: range, using: &generator)
    }

    mutating func apply(_ along: TLSPair.Direction, _ bytes: ByteBuffer) -> [ByteBuffer] {
        guard along == direction, let left = distance else { return [bytes] }
        guard left < bytes.readableBytes else {
            distance = left - bytes.readableBytes
            return [bytes]
        }
        distance = nil
        return change(Array(bytes.readableBytesView), at: left).map { ByteBuffer(bytes: $0) }
    }

    private mutating func change(_ bytes: [UInt8], at place: Int) -> [[UInt8]] {
        var bytes = bytes
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(contentsOf: noise(), at: place)
        case 5: bytes.replaceSubrange(place..., with: noise())
        case 6: return [bytes, bytes]
        default: return [noise(), bytes]
        }
        return [bytes]
    }

    private mutating func noise() -> [UInt8] {
        (0..<Int.random(in: 1..<64, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

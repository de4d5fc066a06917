import AlmanacModel
import AlmanacWire
import Synchronization

/// How far the pulls that go on have come: what they were sent, which they may not have read.
final class Followers: Sendable {
    private let positions = Mutex<[Key: Place]>([:])

    private struct Place {
        let sequence: AlmanacModel.Sequence
        /// Whether it was everything that there was, once.
        let hasReached: Bool
    }

    struct Key: Hashable, Sendable {
        let connection: ObjectIdentifier
        let exchange: ExchangeID
    }

    func began(at sequence: AlmanacModel.Sequence, _ key: Key) {
        positions.withLock { $0[key] = Place(sequence: sequence, hasReached: false) }
    }

    /// Whether one that had everything was sent something new.
    func advanced(to sequence: AlmanacModel.Sequence, _ key: Key) -> Bool {
        positions.withLock { positions in
            let before = positions.updateValue(Place(sequence: sequence, hasReached: true), forKey: key)
            return before.map { $0.hasReached && $0.sequence < sequence } ?? false
        }
    }

    func ended(_ key: Key) { positions.withLock { $0[key] = nil } }

    /// How many lack so many commits of this head, in the order of ``ranges``.
    func lag(behind head: AlmanacModel.Sequence) -> [(range: String, count: Int)] {
        var counts = [Int](repeating: 0, count: Self.ranges.count)
        for position in positions.withLock({ Array($0.values) }) {
            let lag = head > position.sequence ? head.rawValue - position.sequence.rawValue : 0
            counts[Self.ranges.firstIndex { lag <= $0.upTo } ?? Self.ranges.count - 1] += 1
        }
        return zip(Self.ranges, counts).map { ($0.name, $1) }
    }

    private static let ranges: [(name: String, upTo: UInt64)] = [
        ("0", 0), ("1-10", 10), ("11-100", 100), ("101-1000", 1_000), (">1000", .max),
    ]
}

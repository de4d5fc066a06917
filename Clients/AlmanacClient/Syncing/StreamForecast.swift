import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What the authority has for this device, and what of it is not here: as the server tells it, unsigned, and with bytes that are an estimate.
public struct StreamForecast: Sendable {
    /// Where the replica stands; nil where there is none that a pull could go on from.
    public let from: Cursor?
    /// The head that the server has told of.
    public let head: Sequence
    /// By name.
    public let streams: [Stream]
    /// The streams that the next sync removes, by name.
    public let leaving: [StreamName]
    /// Why a sync would fetch everything anew; nil if it would not.
    public let misfit: Misfit?

    public struct Stream: Hashable, Sendable {
        public let name: StreamName
        public let isSubscribed: Bool
        /// What the replica holds of it; nil for a stream that it does not hold.
        public let held: ReplicaState.Stream?
        /// Records and tombstones that are not here yet.
        public let entries: UInt64
        /// Roughly what these weigh on the wire.
        public let estimate: ByteCount
    }

    /// What the next sync moves.
    public var moving: [Stream] { streams.filter { $0.isSubscribed && $0.entries > 0 } }
    public var entryCount: UInt64 { moving.reduce(0) { $0 + $1.entries } }
    public var estimate: ByteCount { moving.reduce(.zero) { $0 + $1.estimate } }

    init(_ outline: Outline, _ start: PullStart, _ state: ReplicaState?, _ measured: LastSync.Measured, _ misfit: Misfit?) {
        let held = Dictionary((state?.streams ?? []).map { ($0.name, $0) }) { first, _ in first }
        from = start.base
        head = outline.head
        leaving = start.leaving
        self.misfit = misfit
        streams = outline.entries.map { entry in
            Stream(
                name: entry.stream, isSubscribed: start.subscription.includes(entry.stream), held: held[entry.stream],
                entries: entry.remaining, estimate: measured.estimate(of: entry.remaining))
        }
    }
}

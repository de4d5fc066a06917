import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire
import NIOConcurrencyHelpers
import NIOCore

/// What was read and encoded for one reader, for all others who ask the same of the same head: followers at one cursor, first copies.
///
/// Who may read what is part of the question, so that nothing is handed to anybody who could not have read it.
final class DeltaCache: Sendable {
    /// Two readers with equal keys get equal answers at one head.
    struct Key: Hashable, Sendable {
        let request: DeltaRequest
        let permission: ReadPermission

        /// What is asked of these streams, which are all that there are: patterns weigh by what they add, whatever they say, and rights
        /// by what they open of that. So readers share answers who differ in nothing but their teams and themselves.
        ///
        /// - Parameter changed: the streams that the head's commit has changed: who may read all of them is told what it says of itself.
        func reduced(to streams: [StreamName], changedAtHead changed: Set<StreamName> = []) -> Key {
            let named = Set(request.streams.map(\.stream))
            let added = streams.filter { stream in
                !named.contains(stream) && permission.mayRead(stream) && request.patterns.contains { $0.matches(stream) }
            }
            var reduced = request
            reduced.patterns = added.map(StreamPattern.exactly)
            return Key(request: reduced, permission: permission.narrowed(to: named.union(added).union(changed)))
        }
    }

    private struct State {
        var head: HeadState?
        var steps: [Key: DeltaStep] = [:]
        /// In the order in which they came.
        var keys: [Key] = []
        var byteCount = 0
        var counts = Counts()
    }

    /// How often an answer was there already.
    struct Counts: Equatable, Sendable {
        var hits: UInt64 = 0
        var misses: UInt64 = 0
    }

    private let limit: ByteCount
    private let state = NIOLockedValueBox(State())

    /// Beyond the limit the oldest answers go.
    init(limit: ByteCount = .mebibytes(32)) { self.limit = limit }

    var counts: Counts { state.withLockedValue(\.counts) }

    /// The answer at this head, read now if it is not known, for so many readers who ask together; nil if the store has another head
    /// by now.
    func step(
        for key: Key, at head: HeadState, askedBy count: Int = 1, read: () throws -> DeltaStep?
    ) rethrows -> DeltaStep? {
        if let known = known(key, at: head, askedBy: count) { return known }
        self.count(hits: count - 1, misses: 1)
        guard let step = try read() else { return nil }
        keep(step, for: key, head)
        return step
    }

    /// Nil, and nothing counted, if it has to be read.
    func known(_ key: Key, at head: HeadState, askedBy count: Int) -> DeltaStep? {
        let known = state.withLockedValue { $0.head == head ? $0.steps[key] : nil }
        if known != nil { self.count(hits: count, misses: 0) }
        return known
    }

    private func count(hits: Int, misses: Int) {
        state.withLockedValue { state in
            state.counts.hits &+= UInt64(clamping: hits)
            state.counts.misses &+= UInt64(clamping: misses)
        }
    }

    private func keep(_ step: DeltaStep, for key: Key, _ head: HeadState) {
        let cost = step.cost
        guard cost <= limit.rawValue / 4 else { return }
        state.withLockedValue { state in
            // Another thread may have read a later head meanwhile; what it kept stays.
            if let kept = state.head, kept.epoch == head.epoch, kept.sequence > head.sequence { return }
            if state.head != head { state = State(head: head, counts: state.counts) }
            guard state.steps[key] == nil else { return }
            state.steps[key] = step
            state.keys.append(key)
            state.byteCount += cost
            while state.byteCount > limit.rawValue, !state.keys.isEmpty {
                state.byteCount -= state.steps.removeValue(forKey: state.keys.removeFirst())?.cost ?? 0
            }
        }
    }
}

extension DeltaStep {
    /// Roughly what keeping it costs, in bytes.
    fileprivate var cost: Int {
        windows.reduce(1_024) { $0 + $1.payload.readableBytes + 256 } + next.streams.count * 512
    }
}

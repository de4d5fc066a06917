import AlmanacModel
import NIOCore

/// Makes windows of the changes of one stream: section 13 of the specification.
public enum WindowEncoder {
    /// As few windows as the changes need, each of at most 262,144 bytes; none for no changes.
    ///
    /// The changes are in the stream's order, after the base and not after the head. The end of each window is the place of its last
    /// change. Whole records share a chunk per collection, patches one per collection and exact set of fields.
    public static func encode(
        stream: StreamName, base: AlmanacModel.Sequence, head: AlmanacModel.Sequence, changes: [RecordChange],
        level: CompressionLevel = .standard
    ) throws(WindowEncodingError) -> [EncodedWindow] {
        guard !changes.isEmpty else { return [] }
        guard base < head, head <= .max else { throw .headOutOfRange(head) }
        let weights = try weights(changes, base: base, head: head)
        let draft = WindowDraft(stream: stream, base: base, head: head, deflater: Deflater(level: level))
        var plan = WindowPlan()
        var windows: [EncodedWindow] = []
        var start = 0
        while start < changes.count {
            let run = plan.run(from: start, weights)
            let window = try encode(changes[run], draft, &plan)
            plan.learn(weight: weights[start..<(start + window.changeCount)].reduce(0, +), window)
            windows.append(window)
            start += window.changeCount
        }
        return windows
    }

    /// Of all of these changes, or of the first half of them, or of the first half of those, …
    private static func encode(
        _ run: ArraySlice<RecordChange>, _ draft: WindowDraft, _ plan: inout WindowPlan
    ) throws(WindowEncodingError) -> EncodedWindow {
        var run = run
        while true {
            if let window = draft.encode(run) { return window }
            guard run.count > 1 else { throw tooLarge(run) }
            plan.halve()
            run = run.prefix(run.count / 2)
        }
    }

    private static func tooLarge(_ run: ArraySlice<RecordChange>) -> WindowEncodingError {
        guard let change = run.first else { return .headOutOfRange(.zero) }
        return .recordTooLarge(change.collection, change.id, byteCount: Caps.windowPayload, cap: Caps.windowPayload)
    }

    private static func weights(
        _ changes: [RecordChange], base: AlmanacModel.Sequence, head: AlmanacModel.Sequence
    ) throws(WindowEncodingError) -> [Int] {
        var weights: [Int] = []
        weights.reserveCapacity(changes.count)
        var last = Position(after: base)
        for change in changes {
            let position = change.position
            guard position.sequence > base, position.sequence <= head else { throw .outsideWindow(position) }
            guard position > last else { throw .notInOrder(position) }
            last = position
            weights.append(try ChangeWeight.of(change))
        }
        return weights
    }
}

import AlmanacModel
import AlmanacWire
import NIOCore
import Testing

@testable import AlmanacReplica

/// A pull as a client makes it, one step at a time, each at any store that is not behind.
struct TestPull {
    private(set) var request: DeltaRequest
    private(set) var windows: [Window] = []
    private(set) var byteCount = 0
    private(set) var completion: (checkpoint: Signed<Checkpoint>, proofs: [StreamProof?])?
    private let base: Sequence
    private let keys: TestKeys
    private let highest: Signed<Checkpoint>?
    /// What the last outline announced and has not come yet, by stream.
    private var announced: [StreamName: UInt64] = [:]

    init(
        held: [StreamName], checkpoint: Signed<Checkpoint>?, keys: TestKeys, patterns: [StreamPattern] = [.all]
    ) {
        base = checkpoint?.statement.sequence ?? .zero
        self.keys = keys
        highest = checkpoint
        let streams = held.map { StreamBase(stream: $0, base: checkpoint?.statement.sequence ?? .zero, position: .start) }
        request = DeltaRequest(epoch: checkpoint?.statement.epoch, streams: streams, patterns: patterns, highestHead: base)
    }

    /// One snapshot's worth. True when the pull is complete.
    mutating func step(at store: any TestStore, counter: RowCounter? = nil) throws -> Bool {
        let step = try store.read(request, counter: counter)
        #expect(step.head >= request.highestHead)
        if let outline = step.outline { announced = Dictionary(uniqueKeysWithValues: outline.map { ($0.stream, $0.remaining) }) }
        for encoded in step.windows { try receive(encoded) }
        request = step.next
        guard let end = step.completion else { return false }
        #expect(announced.values.allSatisfy { $0 == 0 }, "everything that was announced has come")
        completion = (try store.sign(end), end.proofs)
        return true
    }

    private mutating func receive(_ encoded: EncodedWindow) throws {
        let window = try Window.decode(payload: encoded.payload)
        let position = request.streams.first { $0.stream == window.stream }?.position ?? .start
        #expect(window.end > position, "positions advance")
        let rest = try #require(announced[window.stream])
        announced[window.stream] = try #require(rest >= UInt64(window.changes.count) ? rest - UInt64(window.changes.count) : nil)
        windows.append(window)
        byteCount += encoded.payload.readableBytes
    }

    /// Forgets everything but positions and the highest head, as a client that comes back does.
    mutating func restart() {
        var fresh = DeltaRequest(
            epoch: request.epoch, streams: request.streams, patterns: [.all], highestHead: request.highestHead)
        fresh.outlinedHead = nil
        request = fresh
        announced = [:]
    }

    func verified() throws -> VerifiedCompletion {
        let (checkpoint, proofs) = try #require(completion)
        return try keys.verifier(highest: highest).verify(
            Complete(checkpoint: checkpoint, proofs: proofs), of: request.streams.map(\.stream))
    }
}

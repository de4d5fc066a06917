import AlmanacModel
import AlmanacWire
import GRDB
import NIOCore

/// Reads the next piece of a delta in one snapshot.
struct DeltaReader {
    let tables: RecordTables
    let streams: StreamTable
    let entries: EntryTable
    let head: HeadState
    let limits: Limits
    /// What a commit says of itself, where the store has its commits; a mirror has none.
    let header: (Sequence) throws -> CommitHeader?

    /// How much one step reads; the transaction lasts no longer.
    struct Limits: Sendable {
        /// Canonical bytes, roughly, of the records that one window is made of.
        var windowBytes = ByteCount.kibibytes(512)
        var windowEntries = 16_384
        /// After so many encoded bytes a step ends.
        var stepBytes = ByteCount.kibibytes(256)
    }

    init(
        _ tables: RecordTables, head: HeadState, limits: Limits,
        header: @escaping (Sequence) throws -> CommitHeader? = { _ in nil }
    ) throws {
        self.header = header
        self.tables = tables
        self.head = head
        self.limits = limits
        streams = try StreamTable(tables.database, counter: tables.counter)
        entries = EntryTable(tables.database, counter: tables.counter)
    }

    func step(_ request: DeltaRequest, mayRead: (StreamName) -> Bool) throws -> DeltaStep {
        guard request.highestHead <= head.sequence, request.streams.allSatisfy({ $0.base <= head.sequence }) else {
            throw DeltaRefusal.behind(head: head.sequence)
        }
        if let epoch = request.epoch, epoch != head.epoch { throw DeltaRefusal.epochMismatch(head.epoch) }
        var next = request
        next.streams = try resolve(request, mayRead: mayRead)
        next.highestHead = head.sequence
        // Windows of two epochs never meet, even where all bases are zero.
        next.epoch = head.epoch

        let outline = request.outlinedHead == head.sequence ? nil : try outline(next.streams)
        next.outlinedHead = head.sequence
        let (windows, isComplete) = try readWindows(&next)
        return DeltaStep(
            head: head.sequence, outline: outline, windows: windows, next: next,
            completion: isComplete ? try completion(next, mayRead: mayRead) : nil)
    }

    /// The streams of the request and those that its patterns add, by name. Here, and nowhere else, a reader's rights decide what is
    /// read: what may not be read is as if it did not exist.
    private func resolve(_ request: DeltaRequest, mayRead: (StreamName) -> Bool) throws -> [StreamBase] {
        let named = Set(request.streams.map(\.stream))
        let patterns = request.patterns + [.exactly(.reference)]
        let matching = try streams.names().filter { name in !named.contains(name) && patterns.contains { $0.matches(name) } }
        let wanted = request.streams + matching.map { StreamBase(stream: $0, base: .zero, position: .start) }
        let readable = try wanted.filter { try streams.stream($0.stream) != nil && mayRead($0.stream) }
        if let missing = named.subtracting(readable.map(\.stream)).min() { throw DeltaRefusal.streamUnknown(missing) }
        for base in readable where base.base > .zero {
            let horizon = try streams.horizon(base.stream)
            guard base.base >= horizon else { throw DeltaRefusal.baseTooOld(base.stream, horizon: horizon) }
        }
        return readable.map { $0.advanced(to: max($0.position, Position(after: $0.base))) }.sorted { $0.stream < $1.stream }
    }

    private func outline(_ bases: [StreamBase]) throws -> [OutlineEntry] {
        try bases.map { base in
            guard let stream = try streams.stream(base.stream) else { return OutlineEntry(stream: base.stream, remaining: 0) }
            return OutlineEntry(stream: base.stream, remaining: try entries.count(stream.key, after: base.position))
        }
    }

    private func completion(_ request: DeltaRequest, mayRead: (StreamName) -> Bool) throws -> DeltaCompletion {
        let stored = try streams.proofs()
        guard let tree = try CheckpointTree(stored.map { try $0.leaf }), tree.root == head.root else {
            throw ReplicaError.damaged("the streams' leaves do not give the root of the head")
        }
        let proofs = Dictionary(stored.map { ($0.name, $0.proof) }) { first, _ in first }
        let mayReadCommit = stored.allSatisfy { $0.proof.lastChange < head.sequence || mayRead($0.name) }
        return DeltaCompletion(
            head: head, proofs: try request.streams.map { try proofs[$0.stream]?.with(path: tree.path(of: $0.stream) ?? []) },
            commit: mayReadCommit && request.lacksOneCommit(before: head.sequence) ? try header(head.sequence) : nil)
    }
}

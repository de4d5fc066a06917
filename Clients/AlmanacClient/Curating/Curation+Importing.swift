import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacWire

extension Curation {
    /// A whole plan as one operation. Throws ``CuratingError/tooMuch(changes:size:rowsThatFit:)`` where it does not fit into one.
    public func carryOut(_ plan: ImportPlan, into collection: Collection, message: String, source: String?) throws -> Proposal {
        guard plan.report.isEmpty else { throw CuratingError.problems(plan.report.total) }
        guard !plan.rows.isEmpty else { throw WritingError.unchanged }
        let text = Citation.message(message, source: source)
        try requireFits(plan.changes, text)
        return try propose(plan.changes, message: text, summary: "import into \(collection.name): \(plan.summary)")
    }

    private func requireFits(_ changes: [Change], _ message: Text) throws {
        // Measured in pieces, which any number of changes has.
        let pieces = stride(from: 0, to: changes.count, by: Operation.maximumChanges).map {
            Array(changes[$0..<min(changes.count, $0 + Operation.maximumChanges)])
        }
        let size = pieces.reduce(0) { size, piece in
            size + (operation(piece, message).map { SentOperation($0).bytes.count } ?? 0)
        }
        guard changes.count > Operation.maximumChanges || size > Caps.operation else { return }
        let each = max(1, size / max(1, changes.count))
        throw CuratingError.tooMuch(
            changes: changes.count, size: ByteCount(size),
            rowsThatFit: min(Operation.maximumChanges, Caps.operation * 9 / 10 / each))
    }
}

extension Authoring {
    /// A collection of the dataset. Throws ``ClientError/unknownCollection(_:near:known:)``.
    public func collection(named name: String) throws -> Collection {
        guard let found = try ChosenCollections(working.schema).named([name]).first else {
            throw ClientError.unknownCollection(name, near: nil, known: [])
        }
        return found
    }
}

import AlmanacModel
import AlmanacWire
import GRDB

/// Applies sheets of operations inside one transaction, in commits that follow each other: one for the people's work of each sheet, and
/// one for each operation that changes the dataset.
final class PushTransaction {
    typealias Judge = (Operation, OperationContext) throws -> OperationVerdict

    private let database: Database
    private let now: Instant
    private let judge: Judge
    private let operations: OperationTable
    private let openStreams: [StreamPattern]
    private var teams: Teams
    /// Of the sheet that is being applied; nil where it has to be made anew.
    private var access: OperationAccess?
    private var head: HeadState
    private var session: CommitSession
    /// What the operations say that are in the commit being made.
    private var messages: [String] = []

    init(
        _ database: Database, openStreams: [StreamPattern], teams: Teams, now: Instant, counter: RowCounter? = nil,
        judge: @escaping Judge
    ) throws {
        self.database = database
        self.openStreams = openStreams
        self.teams = teams
        self.now = now
        self.judge = judge
        operations = OperationTable(database, counter: counter)
        head = try AuthoritySchema.head(database, counter: counter)
        session = try CommitSession(RecordTables(database, kind: .served, counter: counter), sequence: head.nextSequence)
    }

    func apply(_ sheet: PushedSheet) throws -> PushOutcome {
        guard let device = try IdentityTables.device(sheet.fingerprint, in: database), !device.isRevoked else {
            return .notEnrolled
        }
        access = nil
        let receipts = try sheet.operations.map { try receipt(for: $0, from: device) }
        try endCommit(author: device.person.name)
        return .settled(receipts)
    }

    /// The stored receipt of an operation that came before; else it is applied, or rejected, and its receipt stored.
    private func receipt(for sent: SentOperation, from device: Device) throws -> Receipt {
        let content = try Hash32(hashing: sent.bytes)
        if let settled = try operations.settled(sent.id) {
            let outcome = settled.content == content ? settled.outcome : .rejected(.otherContent)
            return Receipt(operation: sent.id, content: content, outcome: outcome)
        }
        let receipt = Receipt(operation: sent.id, content: content, outcome: try outcome(of: sent, device.person))
        try operations.add(receipt, from: device, received: now)
        return receipt
    }

    private func outcome(of sent: SentOperation, _ person: Person) throws -> Receipt.Outcome {
        guard let operation = try? sent.decode() else { return .rejected(.unreadable) }
        let mark = session.ids.mark
        switch try judge(operation, OperationContext(session, operations, access(of: person))) {
        case .rejected(let rejection):
            session.ids.returnTo(mark)
            return .rejected(rejection)
        case .accepted(let effects): return .applied(try carryOut(effects, of: operation, person))
        }
    }

    private func access(of person: Person) -> OperationAccess {
        let access = access ?? OperationAccess(person, openStreams: openStreams, teams: teams)
        self.access = access
        return access
    }

    // MARK: Effects

    private func carryOut(
        _ effects: OperationEffects, of operation: Operation, _ person: Person
    ) throws -> Receipt.Applied {
        if effects.changesDataset { try endCommit(author: person.name) }
        for write in effects.writes { try carryOut(write) }
        for made in effects.made { try operations.add(made, by: operation.id) }
        messages.append(operation.message?.string ?? effects.summary)
        // What changes nothing is in the state that is there already.
        let sequence = session.hasChanges ? session.sequence : head.sequence
        if effects.changesDataset { try endCommit(author: Self.author(person, effects)) }
        return Receipt.Applied(sequence: sequence, made: effects.made.map(\.record), conflicts: effects.conflicts)
    }

    private func carryOut(_ write: OperationEffects.Write) throws {
        switch write {
        case .put(let collection, let id, let values, let stream): try session.put(collection, id, values, in: stream)
        case .delete(let collection, let id): try session.delete(collection, id)
        }
        guard write.collection == TeamSchema.collection else { return }
        teams = try TeamReader.read(session.tables)
        access = nil
    }

    private static func author(_ person: Person, _ effects: OperationEffects) -> String {
        effects.correctionBy.map { "\(person.name), correction by \($0)" } ?? person.name
    }

    /// Ends the commit, if anything has changed, and begins the next one.
    private func endCommit(author: String) throws {
        let message = messages.count == 1 ? messages[0] : "\(messages.count) operations"
        messages = []
        guard session.hasChanges else { return }
        let title = AuthorityDatabase.Title(
            author: Text(cutting: author, to: Caps.commitAuthor).string,
            message: Text(cutting: message, to: Caps.commitMessage).string, time: now)
        guard let (_, head) = try AuthorityDatabase.finish(session, title, after: head, in: database) else {
            throw ReplicaError.damaged("a commit that changes something changes no stream")
        }
        self.head = head
        session = CommitSession(after: session, sequence: try head.nextSequence)
    }
}

extension Receipt.Rejection {
    fileprivate static let otherContent = Self(
        .otherContent, "another operation has this id: make the change again, under an id of its own")
    fileprivate static let unreadable = Self(
        .unreadable, "the authority cannot read this operation: a later version of the program made it, or something that is none"
    )
}

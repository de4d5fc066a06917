import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Reads a whole replica again and checks it against the pinned root key, without the network.
public struct ReplicaVerification: Sendable {
    public let cursor: Cursor
    public let recordCount: Int64
    public let streamCount: Int

    /// Throws ``ClientError/notAsSigned(_:)`` with everything that was found. The authority signs no answer views: they are made anew.
    public static func run(_ context: Context, views: [AnswerView] = [], now: Instant) throws -> ReplicaVerification {
        let replica = try context.openReplica()
        defer { try? replica.close() }
        try? replica.complete()
        try? replica.install(views)
        let state = try replica.state()
        let doubts = try signatureFindings(state.checkpoint, context)
        let report = try replica.scrub(now: now)
        let findings = doubts + report.findings.map(sentence)
        guard findings.isEmpty else { throw ClientError.notAsSigned(findings) }
        return ReplicaVerification(cursor: state.cursor, recordCount: report.recordCount, streamCount: state.streams.count)
    }

    /// Under the delegation of its time: that a key has been replaced since makes no signature wrong.
    private static func signatureFindings(_ checkpoint: Signed<Checkpoint>, _ context: Context) throws -> [String] {
        let statement = checkpoint.statement
        guard let chain = try StoredChain(paths: context.paths.credentials).chain(of: statement) else {
            return ["the delegation \(statement.delegation) of its checkpoint is not known here any more"]
        }
        do {
            let trust = try Trust(chain, pin: context.settings.pin, now: statement.time)
            guard trust.dataset == context.settings.dataset else { throw CheckpointVerifier.Refusal.wrongDataset(trust.dataset) }
            try CheckpointVerifier(trust: trust, highest: nil).verify(checkpoint)
            return []
        } catch let refusal as CheckpointVerifier.Refusal {
            return [refusal.description]
        } catch let refusal as Trust.Refusal {
            return [refusal.description]
        }
    }

    private static func sentence(_ finding: Scrub.Finding) -> String {
        switch finding {
        case .stream(let name): "stream \(name) has other records than were signed"
        case .file(let what): "SQLite says: \(what)"
        }
    }
}

extension Context {
    /// The replica, or the error that there is none yet.
    func openReplica() throws -> ReplicaDatabase {
        do {
            return try ReplicaDatabase.open(path: paths.replica)
        } catch ReplicaError.missing {
            throw withoutReplica
        }
    }

    /// The path of the replica, which is there.
    public func replicaPath() throws -> String {
        guard SystemFile.exists(paths.replica) else { throw withoutReplica }
        return paths.replica
    }
}

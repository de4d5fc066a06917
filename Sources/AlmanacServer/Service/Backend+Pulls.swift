import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacSync
import AlmanacWire
import Logging

extension Backend {
    /// One piece of a pull.
    struct Piece: Sendable {
        let step: ServerMachine.PullStep
        /// From where the next goes on; nil after a refusal.
        let next: DeltaRequest?

        static func refused(_ error: ErrorMessage) -> Piece { Piece(step: .refused(error), next: nil) }
    }

    /// Reads one piece, for what the device may read now. The one place where streams are filtered.
    func read(_ request: DeltaRequest, for fingerprint: Hash32) -> Piece {
        do {
            guard let device = try allowed(fingerprint) else { return .refused(.notEnrolled) }
            let permission = ReadPermission(
                role: device.person.role, open: try store.openStreams(), granted: device.person.grants)
            return try piece(store.readDelta(request, mayRead: permission.mayRead))
        } catch let refusal as DeltaRefusal {
            return .refused(ErrorMessage(refusal))
        } catch {
            logger.error("a pull failed", metadata: ["error": "\(error)"])
            return .refused(.serverFailed)
        }
    }

    private func piece(_ read: DeltaStep) throws -> Piece {
        guard read.next.streams.count <= Caps.streamsOfPull else {
            return .refused(.tooManyStreams(read.next.streams.count))
        }
        let end = try read.completion.map { completion in
            try Complete(checkpoint: signer.sign(completion.head, now: clock.now()), proofs: completion.proofs)
        }
        let outline = try read.outline.map { try Outline(head: read.head, entries: $0) }
        return Piece(step: .piece(outline: outline, windows: read.windows, end: end), next: read.next)
    }
}

extension DeltaRequest {
    init(_ request: PullRequest) {
        self.init(
            epoch: request.epoch.rawValue == 0 ? nil : request.epoch, streams: request.streams, patterns: request.patterns,
            highestHead: request.highestHead)
    }
}

extension ErrorMessage {
    fileprivate static func tooManyStreams(_ count: Int) -> ErrorMessage {
        refusal(.busy, "the pull has \(count) streams, and one pull has at most \(Caps.streamsOfPull): name fewer")
    }

    init(_ refusal: DeltaRefusal) {
        self =
            switch refusal {
            case .streamUnknown(let stream): .refusal(.streamUnknown, "there is no stream \(stream), or not for this reader")
            case .behind(let head):
                .refusal(.behind, "this server has \(head) and the client more", fault: .sender, retry: .elsewhere)
            case .epochMismatch(let epoch): .refusal(.epochMismatch, "this server's epoch is \(epoch)")
            case .baseTooOld(let stream, let horizon):
                .refusal(.baseTooOld, "this server knows the changes of \(stream) since \(horizon) only", retry: .elsewhere)
            }
    }
}

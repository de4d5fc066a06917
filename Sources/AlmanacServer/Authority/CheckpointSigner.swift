import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import NIOConcurrencyHelpers

/// Signs heads that are durable, and renews the signature of an unchanged head once it is too old.
final class CheckpointSigner: Sendable {
    private let key: Ed25519PrivateKey
    private let delegation: UInt64
    private let renewal: Duration
    private let last: NIOLockedValueBox<Signed<Checkpoint>?> = NIOLockedValueBox(nil)

    init(_ keys: AuthorityKeys, renewal: Duration = .seconds(60)) {
        self.renewal = renewal
        key = keys.checkpointKey
        delegation = keys.chain.checkpointKey.statement.number
    }

    /// A checkpoint of this head, which the store has read and which is therefore durable.
    func sign(_ head: HeadState, now: Instant) throws -> Signed<Checkpoint> {
        if let known = last.withLockedValue({ $0 }), known.statement.isOf(head), isFresh(known, now: now) { return known }
        let checkpoint = try Checkpoint(
            dataset: head.dataset, epoch: head.epoch, sequence: head.sequence, chain: head.chain, time: now, root: head.root,
            delegation: delegation)
        let signed = try key.sign(checkpoint, context: .checkpoint)
        last.withLockedValue { $0 = signed }
        return signed
    }

    /// Receipts of operations that are durable in the history of this head.
    func sign(_ receipts: [Receipt], of head: HeadState) throws -> Signed<ReceiptSheet> {
        let sheet = try ReceiptSheet(dataset: head.dataset, epoch: head.epoch, delegation: delegation, receipts: receipts)
        return try key.sign(sheet, context: .receipts)
    }

    private func isFresh(_ signed: Signed<Checkpoint>, now: Instant) -> Bool {
        let age = now.duration(since: signed.statement.time)
        return age >= .zero && age < renewal
    }
}

extension Checkpoint {
    fileprivate func isOf(_ head: HeadState) -> Bool {
        epoch == head.epoch && sequence == head.sequence && root == head.root && chain == head.chain
    }
}

import AlmanacCrypto
import AlmanacModel
import AlmanacWire

/// Whether receipts are the authority's own, whoever brought them.
public struct ReceiptVerifier: Sendable {
    public let trust: Trust

    public init(trust: Trust) { self.trust = trust }

    /// Why receipts are not believed: they change nothing then.
    public enum Refusal: Error, Equatable {
        case wrongDataset(UniqueID)
        case unknownDelegation(UInt64)
        case signatureInvalid
    }

    /// That it is about what was sent is ``Outbox/store(_:now:)``'s to check.
    public func verify(_ receipts: Signed<ReceiptSheet>) throws {
        let statement = receipts.statement
        guard statement.dataset == trust.dataset else { throw Refusal.wrongDataset(statement.dataset) }
        guard statement.delegation == trust.checkpointDelegation else { throw Refusal.unknownDelegation(statement.delegation) }
        guard try trust.checkpointKey.verify(receipts, context: .receipts) else { throw Refusal.signatureInvalid }
    }
}

extension ReceiptVerifier.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongDataset(let found): "the receipts are of another dataset, \(found)"
        case .unknownDelegation(let number):
            "the receipts name delegation \(number), which the root key has not confirmed here"
        case .signatureInvalid: "the signature of the receipts is not the authority's"
        }
    }
}

import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

extension Signed<OperationSheet> {
    /// Why nothing of the sheet may be applied that this device has sent; nil if it is its own, for this dataset, and signed.
    func refusal(from device: Device, of dataset: UniqueID) throws -> ErrorMessage? {
        guard statement.dataset == dataset else {
            return .refusal(.wrongDataset, "these operations are for the dataset \(statement.dataset), not \(dataset)")
        }
        guard try Hash32(hashing: statement.key) == device.fingerprint else {
            return .refusal(.requestInvalid, "these operations are signed by another key than the connection's")
        }
        guard let key = try? P256PublicKey(der: statement.key), let signature = P256Signature(bytes: signature.bytes),
            try key.verify(signature, context: .operations, message: statementBytes)
        else { return .refusal(.requestInvalid, "the signature of these operations is wrong") }
        return nil
    }
}

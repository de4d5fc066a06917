import AlmanacCrypto
import AlmanacWire

extension Ed25519PublicKey {
    /// Whether this key has signed the statement, under its own context.
    public func verify<Content: Statement>(_ signed: Signed<Content>, context: SignatureContext) throws -> Bool {
        guard let signature = Ed25519Signature(bytes: signed.signature.bytes) else { return false }
        return try verify(signature, context: context, message: signed.statementBytes)
    }
}

import AlmanacCrypto
import AlmanacModel
import AlmanacTransport

/// What a server works with until its keys are rotated or its certificate is old. Connections keep the context that they began with.
struct ServingKeys: Sendable {
    let keys: AuthorityKeys
    let signer: CheckpointSigner
    let context: TLSContext
    /// Of the server's own certificate.
    private let validity: CertificateValidity

    /// With a new certificate.
    init(_ keys: AuthorityKeys, signer: CheckpointSigner, now: Instant) throws {
        let identity = try keys.serverIdentity(now: now)
        self.keys = keys
        self.signer = signer
        context = try TLSContext.server(identity: identity.tls, clientCAs: keys.clientAnchors)
        validity = identity.validity
    }

    /// Whether the server's certificate should be replaced.
    func isDueForRenewal(at now: Instant) -> Bool { validity.isDueForRenewal(at: now.milliseconds / 1_000) }
}

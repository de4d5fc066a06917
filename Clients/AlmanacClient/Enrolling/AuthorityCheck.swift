import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Whether a server is the authority that an invitation names, and its certificate the device's.
struct AuthorityCheck {
    let pin: Hash32
    let now: Instant

    /// The chain leads from the pinned root to the dataset that the server claims to have.
    func check(_ hello: ServerHello, _ chain: DelegationChain) throws {
        let trust = try Trust(chain, pin: pin, now: now)
        guard trust.dataset == hello.dataset else {
            throw ClientError.notTheAuthority(
                "The server says that it has dataset \(hello.dataset), and the authority vouches for \(trust.dataset).")
        }
    }

    /// The certificates of the device and of its issuer, which the chain vouches for.
    func certificates(of answer: Enrolled, for key: P256PrivateKey, dataset: UniqueID) throws -> [Certificate] {
        guard try Trust(answer.chain, pin: pin, now: now).dataset == dataset else {
            throw ClientError.certificateRefused("its authority is that of another dataset")
        }
        guard case .certificateAuthority(let der) = answer.chain.certificateAuthority.statement.subject,
            let authority = try? Certificate(der: der), let first = answer.certificates.first,
            let leaf = try? Certificate(der: first)
        else { throw ClientError.certificateRefused("it cannot be read") }
        guard leaf.publicKeyInfo == key.publicKey.der else { throw ClientError.certificateRefused("it is for another key") }
        guard (try? leaf.verify(issuedBy: authority)) != nil else {
            throw ClientError.certificateRefused("the authority did not issue it")
        }
        guard leaf.validity.notAfter > now.milliseconds / 1_000 else {
            throw ClientError.certificateRefused("it has ended already")
        }
        return [leaf, authority]
    }
}

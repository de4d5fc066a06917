import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Turns a secret and a signing request into a certificate.
struct Enroller: Sendable {
    let store: any AuthorityStore
    let keys: AuthorityKeys

    /// The answer to an enrolment.
    func enrol(_ request: Enrol, now: Instant) throws -> Message {
        let signing: CertificateSigningRequest
        do {
            signing = try CertificateSigningRequest(der: request.request)
            _ = try CommonName(request.deviceName.string)
        } catch {
            return .error(.refusal(.requestInvalid, error.description))
        }
        let fingerprint = Hash32(signing.publicKey.fingerprint.digest)
        let enrolment = try store.redeem(
            Hash32(hashing: request.secret.bytes), for: fingerprint, device: request.deviceName.string, now: now
        ) { device in try keys.issueDevice(signing.publicKey, name: device.name, now: now) }
        guard let enrolment else { return .error(.invitationInvalid) }
        guard !keys.haveIssued(enrolment.certificates) else { return try answer(enrolment) }
        // The answer was lost, and the authority that had issued it was replaced before the device asked again.
        let name = try store.device(fingerprint)?.name ?? request.deviceName.string
        let certificates = try keys.issueDevice(signing.publicKey, name: name, now: now)
        return try answer(Enrolment(person: enrolment.person, certificates: certificates))
    }

    /// A new certificate for a device whose own has expired, or will.
    func renew(_ request: Renew, device: Device, now: Instant) throws -> Message {
        guard let signing = try? CertificateSigningRequest(der: request.request),
            Hash32(signing.publicKey.fingerprint.digest) == device.fingerprint
        else { return .error(.refusal(.requestInvalid, "the request is not for the key of this connection's certificate")) }
        let certificates = try keys.issueDevice(signing.publicKey, name: device.name, now: now)
        try store.note(
            AuditEntry(
                time: now, actor: .device(device.name, of: device.person.name), act: .renewed, person: device.person.name,
                detail: "device \(device.name), key \(device.fingerprint)"))
        return try answer(Enrolment(person: device.person, certificates: certificates))
    }

    private func answer(_ enrolment: Enrolment) throws -> Message {
        .enrolled(
            try Enrolled(
                certificates: enrolment.certificates, person: Text(enrolment.person.name), role: enrolment.person.role,
                chain: keys.chain))
    }
}

extension ErrorMessage {
    fileprivate static let invitationInvalid = refusal(
        .invitationInvalid, "the invitation is unknown, expired, revoked or was used by another device; ask for a new one")
}

import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// Turns an invitation into a context: key, certificate, settings.
///
/// The key is made first and kept, so that after a cut the same link gives the same certificate.
public struct EnrolmentSession: Sendable {
    private let store: ContextStore
    private let link: InvitationLink
    /// What the device is to be called: 1 to 64 bytes that can be shown.
    private let device: CommonName
    private let wantedName: ContextName?
    private let clock: @Sendable () -> Instant
    private let report: @Sendable (Progress) -> Void
    private let interruption: Interruption

    /// What is worth telling while it goes on.
    public enum Progress: Hashable, Sendable {
        /// The server is the pinned authority; only now the secret is sent.
        case authorityMatches(pin: Hash32)
    }

    public init(
        store: ContextStore, link: InvitationLink, device: String, name: String?, interruption: Interruption,
        clock: @escaping @Sendable () -> Instant = SystemClock.now, report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws {
        guard let device = try? CommonName(device) else { throw ClientError.noDeviceName }
        self.store = store
        self.link = link
        self.device = device
        wantedName = try name.map(ContextName.validated)
        self.interruption = interruption
        self.clock = clock
        self.report = report
    }

    public func run() async throws -> EnrolmentSummary {
        let invitation = try link.fingerprint()
        if let context = try store.context(of: invitation) {
            try context.requireEnrolled()
            return try summary(context, isRepeated: true)
        }
        let former = try wantedName.flatMap { try store.revoked($0, pin: link.pin) }
        if let wantedName, former == nil { _ = try store.freeName(wanted: wantedName, dataset: "") }
        let pending = try store.pending(invitation)
        let isNew = !SystemFile.exists(pending.key)
        let key = try DeviceCredentials.loadOrMakeKey(pending)
        let outcome: Outcome
        do {
            outcome = try await exchange(key, former)
        } catch {
            if isNew, Self.isFinal(error) { try store.discard(pending) }
            throw error
        }
        let context = try keep(outcome, key: key, pending: pending, invitation: invitation, former)
        return try summary(context, isRepeated: false)
    }

    /// Whether the key can be worth nothing: no certificate was or will be made for it.
    private static func isFinal(_ error: any Error) -> Bool {
        switch error {
        case SessionFailure.refused(let refusal): refusal.code == .invitationInvalid
        case is ConnectError: true
        default: false
        }
    }

    private func summary(_ context: Context, isRepeated: Bool) throws -> EnrolmentSummary {
        EnrolmentSummary(context: context, isRepeated: isRepeated, isCurrent: try store.current() == context.name)
    }

    // MARK: On the network

    private struct Outcome {
        let hello: ServerHello
        let answer: Enrolled
    }

    private func exchange(_ key: P256PrivateKey, _ former: Context?) async throws -> Outcome {
        let request = try CertificateSigningRequest(key: key, commonName: device)
        let plan = EnrolmentMachine.Plan(
            hello: try ClientHello(software: Software.name),
            request: try Enrol(secret: link.secret, request: request.der, deviceName: Text(device.text)))
        let tls = try TLSContext.client(pinnedRoot: link.pin.bytes, identity: nil)
        let connection = try await Connection.open(link.address, tls: tls, interruption: interruption)
        var found: ServerHello?
        let answer = try await EnrolmentExchange(plan).run(on: connection) { hello, chain in
            try AuthorityCheck(pin: link.pin, now: clock()).check(hello, chain)
            // Before the secret is spent.
            if let former, former.settings.dataset != hello.dataset { throw ClientError.contextExists(former.name) }
            report(.authorityMatches(pin: link.pin))
            found = hello
        }
        guard let found else { throw SessionFailure.protocolViolation("a certificate before the hello") }
        return Outcome(hello: found, answer: answer)
    }

    // MARK: On disk

    private func keep(
        _ outcome: Outcome, key: P256PrivateKey, pending: CredentialPaths, invitation: Hash32, _ former: Context?
    ) throws -> Context {
        let (hello, answer) = (outcome.hello, outcome.answer)
        let check = AuthorityCheck(pin: link.pin, now: clock())
        let certificates = try check.certificates(of: answer, for: key, dataset: hello.dataset)
        try FileSync.write(Array(certificates.map { try $0.pem }.joined().utf8), to: pending.certificate)
        try StoredChain(paths: pending).write(answer.chain)
        let settings = ContextSettings(
            address: link.address, pin: link.pin, dataset: hello.dataset, datasetName: hello.name.string,
            person: answer.person.string, role: answer.role, device: certificates.first?.commonName?.text ?? device.text,
            until: DeviceCredentials.end(of: certificates) ?? clock(), invitation: invitation)
        if let former {
            // What waits there would go out in another person's name.
            guard former.settings.person == settings.person else {
                throw ClientError.contextOfOther(former.name, person: former.settings.person)
            }
            return try store.renew(former, from: pending, settings)
        }
        let name = try store.freeName(wanted: wantedName, dataset: hello.name.string)
        return try store.complete(pending, as: name, settings)
    }
}

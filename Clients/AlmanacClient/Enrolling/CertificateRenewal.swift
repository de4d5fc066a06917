import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// Gets this device a new certificate for its key once two thirds of the old one's life are over, also after its end: who syncs now
/// and then never has to be invited again.
struct CertificateRenewal: Sendable {
    private let context: Context
    private let interruption: Interruption
    private let clock: @Sendable () -> Instant

    init(_ context: Context, interruption: Interruption, clock: @escaping @Sendable () -> Instant) {
        self.context = context
        self.interruption = interruption
        self.clock = clock
    }

    /// The new end, if it was time for one and the server has issued it.
    func runIfDue() async throws -> Instant? {
        let credentials = try DeviceCredentials.load(context.paths.credentials)
        guard let leaf = credentials.certificates.first, Self.isDue(leaf.validity, now: clock()) else { return nil }
        let request = try CertificateSigningRequest(key: credentials.key, commonName: CommonName(context.settings.device))
        let plan = EnrolmentMachine.Plan(
            hello: try ClientHello(software: Software.name, dataset: context.settings.dataset),
            renewal: try Renew(request: request.der))
        let connection = try await ServerLink(context, interruption: interruption, clock: clock).open()
        let answer = try await EnrolmentExchange(plan).run(on: connection) { hello, chain in
            try AuthorityCheck(pin: context.settings.pin, now: clock()).check(hello, chain)
        }
        return try keep(answer, key: credentials.key)
    }

    /// After two thirds.
    static func isDue(_ validity: CertificateValidity, now: Instant) -> Bool {
        validity.isDueForRenewal(at: now.milliseconds / 1_000)
    }

    private func keep(_ answer: Enrolled, key: P256PrivateKey) throws -> Instant {
        let paths = context.paths.credentials
        let certificates = try AuthorityCheck(pin: context.settings.pin, now: clock())
            .certificates(of: answer, for: key, dataset: context.settings.dataset)
        let (chains, known) = (StoredChain(paths: paths), try StoredChain(paths: paths).newest())
        try Trust.requireNotReplaced(answer.chain, by: known)
        try FileSync.write(Array(certificates.map { try $0.pem }.joined().utf8), to: paths.certificate)
        if answer.chain != known { try chains.replace(with: answer.chain) }
        let end = DeviceCredentials.end(of: certificates) ?? clock()
        try context.changeSettings { $0.with(until: end) }
        return end
    }
}

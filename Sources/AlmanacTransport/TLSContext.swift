import COpenSSL
import Synchronization

/// The settings that all connections of one side share: TLS 1.3 only, one application protocol, no early data.
///
/// A client's context keeps the newest session in memory, and its next connection continues it if the server agrees: that spares both
/// the signatures of a full handshake.
///
/// `@unchecked Sendable`: nothing changes after the factory returned it but the session, which a lock guards, and OpenSSL itself locks what
/// `SSL_new` shares.
public final class TLSContext: @unchecked Sendable {
    /// The protocol name that both sides must agree on (ALPN).
    public static let applicationProtocol = "almanac/1"
    /// Bytes of a pin: a SHA-256.
    public static let pinByteCount = 32
    /// Bytes of certificates that a peer may present.
    public static let maximumCertificateByteCount = 16 * 1_024

    /// Receives the connections' secrets, a line each in the format of NSS key logs, as Wireshark reads them. Whoever holds the
    /// lines reads the traffic.
    public typealias KeyLog = @Sendable (String) -> Void

    enum Side { case server, client }

    let pointer: OpaquePointer
    let side: Side
    /// SHA-256 of the raw Ed25519 public key that a client's server must descend from; empty on a server.
    let pinnedRoot: [UInt8]
    /// The certificate (DER) of the authority that has to have issued the server's; nil if any does that the root has.
    let authority: [UInt8]?
    private let keyLog: KeyLog?
    /// What a client's next connection may continue.
    let resumable = Mutex<ResumableSession?>(nil)

    private init(
        _ side: Side, pinnedRoot: [UInt8], authority: [UInt8]? = nil, keyLog: KeyLog?
    ) throws(TLSConfigurationError) {
        guard let pointer = SSL_CTX_new(side == .server ? TLS_server_method() : TLS_client_method()) else {
            throw .refused(setting: "a context", reason: OpenSSLFailure.drain().text)
        }
        self.pointer = pointer
        self.side = side
        self.pinnedRoot = pinnedRoot
        self.authority = authority
        self.keyLog = keyLog
        try restrict()
        logKeys()
    }

    deinit { SSL_CTX_free(pointer) }

    /// A server's side. Clients are asked for a certificate that leads to one of `clientCAs` (DER); the handshake completes without one
    /// and with an expired one, or one of an expired issuer, and ``PeerCertificate`` says which it was.
    public static func server(
        identity: TLSIdentity, clientCAs: [[UInt8]], keyLog: KeyLog? = nil
    ) throws(TLSConfigurationError) -> TLSContext {
        let context = try TLSContext(.server, pinnedRoot: [], keyLog: keyLog)
        try context.present(identity)
        try context.issueTickets()
        try ClientCertificates.judge(on: context.pointer, authorities: clientCAs)
        ApplicationProtocol.require(on: context.pointer)
        return context
    }

    /// A client's side, which accepts exactly the servers whose chain leads to the self-signed Ed25519 root whose raw public key
    /// has the SHA-256 `pinnedRoot` (``pinByteCount`` bytes), by way of this `authority` if one is named (a certificate in DER): one that
    /// the root has replaced is then refused (``TLSError/authorityUnknown``). Host names are not compared: the root is the identity.
    public static func client(
        pinnedRoot: [UInt8], authority: [UInt8]? = nil, identity: TLSIdentity?, keyLog: KeyLog? = nil
    ) throws(TLSConfigurationError) -> TLSContext {
        guard pinnedRoot.count == pinByteCount else { throw .pinHasWrongLength(pinnedRoot.count) }
        let context = try TLSContext(.client, pinnedRoot: pinnedRoot, authority: authority, keyLog: keyLog)
        if let identity { try context.present(identity) }
        context.takeTickets()
        PinnedRoot.require(on: context.pointer, for: context)
        try ApplicationProtocol.offer(on: context.pointer)
        return context
    }

    private func logKeys() {
        guard keyLog != nil else { return }
        SSL_CTX_set_ex_data(pointer, 0, Unmanaged.passUnretained(self).toOpaque())
        SSL_CTX_set_keylog_callback(pointer) { ssl, line in
            guard let line, let owner = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0) else { return }
            Unmanaged<TLSContext>.fromOpaque(owner).takeUnretainedValue().keyLog?(String(cString: line))
        }
    }
}

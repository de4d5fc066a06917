import COpenSSL

/// Owns a TLS session that a later connection may continue. Used once, as RFC 8446 advises: the server gives a new one each time.
///
/// `@unchecked Sendable`: OpenSSL counts references atomically, and nobody changes a session that has been handed over.
struct ResumableSession: ~Copyable, @unchecked Sendable {
    /// From the full handshake that a session goes back to: then certificates are shown and proved again.
    static let lifetime = Duration.seconds(3_600)

    let pointer: OpaquePointer
    let fullHandshake: ContinuousClock.Instant

    /// Takes over a reference.
    init(owning pointer: OpaquePointer, since fullHandshake: ContinuousClock.Instant) {
        self.pointer = pointer
        self.fullHandshake = fullHandshake
    }

    deinit { SSL_SESSION_free(pointer) }

    var isFresh: Bool { ContinuousClock.now - fullHandshake < Self.lifetime }
}

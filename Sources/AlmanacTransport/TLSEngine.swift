import COpenSSL
import NIOCore
import Synchronization

/// One TLS connection without a network: ciphertext goes in and comes out as bytes, through OpenSSL's memory BIOs.
///
/// After a step failed or said `.closed`, nothing but ``takeOutput(_:)`` and, after `.closed`, ``encrypt(_:allocator:)`` and
/// ``closeNotify()`` may follow; ``TLSHandler`` keeps to that.
final class TLSEngine {
    /// Ciphertext handed to OpenSSL at once: its memory BIO never holds more than this and one record.
    static let feedByteCount = 16 * 1_024
    /// Bytes that a peer may send before the handshake is complete, give or take one slice of ``handshakeFeedByteCount``.
    static let maximumHandshakeByteCount = 64 * 1_024
    static let handshakeFeedByteCount = 4 * 1_024
    /// Bytes with which reading may answer over the life of a connection: about 2,400 key updates. Without a cap, a peer that
    /// asks for them and does not read would fill our memory.
    static let maximumAnswerByteCount = 64 * 1_024

    /// What a callback of ours recorded when it refused the peer.
    var refusal: TLSError?

    let ssl: OpaquePointer
    private let context: TLSContext
    // Owned by `ssl`.
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private var receivedCount = 0
    private var answeredCount = 0
    /// When the certificates were last shown and proved: on this connection, or on the one whose session it continues.
    private var fullHandshake = ContinuousClock.now

    init(context: TLSContext) throws(TLSConfigurationError) {
        guard let ssl = SSL_new(context.pointer) else {
            throw .refused(setting: "a connection", reason: OpenSSLFailure.drain().text)
        }
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            SSL_free(ssl)
            throw .refused(setting: "a buffer", reason: OpenSSLFailure.drain().text)
        }
        self.ssl = ssl
        self.context = context
        self.incoming = incoming
        self.outgoing = outgoing
        SSL_set_bio(ssl, incoming, outgoing)
        SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
        switch context.side {
        case .server: SSL_set_accept_state(ssl)
        case .client:
            SSL_set_connect_state(ssl)
            resume()
        }
    }

    deinit { SSL_free(ssl) }

    /// The engine of a connection that OpenSSL hands to a callback; it lives as long as its connection.
    static func of(_ ssl: OpaquePointer?) -> TLSEngine? {
        guard let ssl, let engine = SSL_get_ex_data(ssl, 0) else { return nil }
        return Unmanaged<TLSEngine>.fromOpaque(engine).takeUnretainedValue()
    }

    /// Offers the server to continue the newest session; it may refuse, and makes a full handshake then.
    private func resume() {
        guard let session = context.resumable.withLock({ $0.take() }), session.isFresh else { return }
        if SSL_set_session(ssl, session.pointer) == 1 { fullHandshake = session.fullHandshake } else { ERR_clear_error() }
    }

    /// Copies a session that the server offers to continue: OpenSSL spoils its own when a connection is cut.
    func keep(_ session: OpaquePointer) {
        guard let session = SSL_SESSION_dup(session) else { return ERR_clear_error() }
        let since = isResumed ? fullHandshake : ContinuousClock.now
        context.resumable.withLock { $0 = ResumableSession(owning: session, since: since) }
    }

    /// Whether the finished handshake continued a session.
    var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// Ciphertext for the peer, nil if there is none.
    func takeOutput(_ allocator: ByteBufferAllocator) -> ByteBuffer? {
        guard BIO_ctrl_pending(outgoing) > 0 else { return nil }
        var output = allocator.buffer(capacity: BIO_ctrl_pending(outgoing))
        moveOutput(to: &output)
        return output
    }

    /// Queues our close_notify, once. Only after the handshake.
    func closeNotify() {
        // Called again, OpenSSL would read the peer's.
        guard SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN == 0 else { return }
        SSL_shutdown(ssl)
        ERR_clear_error()
    }

    private func moveOutput(to output: inout ByteBuffer) {
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: BIO_ctrl_pending(outgoing)) { space in
            var count = 0
            return BIO_read_ex(outgoing, space.baseAddress, space.count, &count) == 1 ? count : 0
        }
    }
}

// MARK: - Handshake

extension TLSEngine {
    enum HandshakeStep: Equatable {
        case wantsMore
        /// What remains of the input belongs to ``decrypt(_:into:)``.
        case complete
        case failed(TLSError)
    }

    func advance(_ input: inout ByteBuffer) -> HandshakeStep {
        while true {
            switch perform({ SSL_do_handshake(ssl) }) {
            case .done: return ApplicationProtocol.isAgreed(on: ssl) ? .complete : .failed(.noCommonProtocol)
            case .wantsMore where input.readableBytes == 0: return .wantsMore
            case .wantsMore: if let error = admit(&input) { return .failed(error) }
            case .closed: return .failed(.peerAlert(description: "close notify"))
            case .failed(let error): return .failed(error)
            }
        }
    }

    /// The peer's leaf, after the handshake.
    var peerCertificate: PeerCertificate {
        guard let certificate = Certificate(owning: SSL_get1_peer_certificate(ssl)) else { return .none }
        return .presented(publicKey: certificate.publicKey, isExpired: ClientCertificates.isExpired(certificate, on: ssl))
    }

    /// Seconds since 1970; nil without a certificate.
    var peerCertificateEnd: Int64? {
        guard let certificate = Certificate(owning: SSL_get1_peer_certificate(ssl)) else { return nil }
        return almanac_x509_end(certificate.pointer)
    }

    private func admit(_ input: inout ByteBuffer) -> TLSError? {
        guard isTLS(input.readableBytesView) else { return .notTLS }
        let before = input.readableBytes
        if let error = feed(&input, atMost: Self.handshakeFeedByteCount) { return error }
        receivedCount += before - input.readableBytes
        return receivedCount <= Self.maximumHandshakeByteCount ? nil : .protocolViolation(reason: "handshake too long")
    }

    /// A connection begins with a handshake record or an alert, of a version that begins with 3 (RFC 8446, section 5.1).
    private func isTLS(_ bytes: ByteBufferView) -> Bool {
        for (position, byte) in zip(receivedCount..<max(receivedCount, 2), bytes) {
            let isExpected = position == 0 ? [SSL3_RT_HANDSHAKE, SSL3_RT_ALERT].contains(Int32(byte)) : byte == 3
            guard isExpected else { return false }
        }
        return true
    }
}

// MARK: - Data

extension TLSEngine {
    enum ReadStep: Equatable {
        case wantsMore
        /// There may be more than the output has room for.
        case outputIsFull
        /// The peer said that it will send no more.
        case closed
        case failed(TLSError)
    }

    /// Decrypts until the input is used up or `output` is full.
    func decrypt(_ input: inout ByteBuffer, into output: inout ByteBuffer) -> ReadStep {
        let step = decryptRecords(&input, into: &output)
        answeredCount += BIO_ctrl_pending(outgoing)
        return answeredCount <= Self.maximumAnswerByteCount ? step : .failed(.protocolViolation(reason: "too many key updates"))
    }

    private func decryptRecords(_ input: inout ByteBuffer, into output: inout ByteBuffer) -> ReadStep {
        while output.writableBytes > 0 {
            switch perform({ read(into: &output) }) {
            case .done: continue
            case .wantsMore where input.readableBytes == 0: return .wantsMore
            case .wantsMore: if let error = feed(&input, atMost: Self.feedByteCount) { return .failed(error) }
            case .closed: return .closed
            case .failed(let error): return .failed(error)
            }
        }
        return .outputIsFull
    }

    /// The ciphertext of `plaintext`, after the handshake.
    func encrypt(_ plaintext: ByteBuffer, allocator: ByteBufferAllocator) throws(TLSError) -> ByteBuffer {
        var plaintext = plaintext
        var output = allocator.buffer(capacity: Self.ciphertextCapacity(plaintext.readableBytes))
        while let record = plaintext.readSlice(length: min(plaintext.readableBytes, Self.recordByteCount)),
            record.readableBytes > 0
        {
            switch perform({ write(record) }) {
            case .done: moveOutput(to: &output)
            case .failed(let error): throw error
            // Only the second half of a message about the connection itself could make writing wait.
            case .wantsMore, .closed: throw .protocolViolation(reason: "post-handshake message in pieces")
            }
        }
        return output
    }

    /// The most plaintext that fits into a record (RFC 8446, section 5.1).
    private static let recordByteCount = 16 * 1_024

    /// Header, content type and tag make 22 bytes of each record; a guess, buffers grow.
    private static func ciphertextCapacity(_ count: Int) -> Int { count + (count / recordByteCount + 1) * 22 }

    private func read(into output: inout ByteBuffer) -> Int32 {
        var result: Int32 = 0
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { space in
            var count = 0
            result = SSL_read_ex(ssl, space.baseAddress, space.count, &count)
            return result == 1 ? count : 0
        }
        return result
    }

    private func write(_ record: ByteBuffer) -> Int32 {
        record.withUnsafeReadableBytes { bytes in
            var count = 0
            return SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count)
        }
    }
}

// MARK: - OpenSSL

extension TLSEngine {
    private enum Outcome {
        case done
        case wantsMore
        case closed
        case failed(TLSError)
    }

    /// The error queue belongs to the thread, not to the connection: so it is emptied before every call.
    private func perform(_ call: () -> Int32) -> Outcome {
        ERR_clear_error()
        let result = call()
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_NONE: return .done
        case SSL_ERROR_WANT_READ: return .wantsMore
        case SSL_ERROR_ZERO_RETURN: return .closed
        default:
            let failure = OpenSSLFailure.drain()
            return .failed(failure.error(refusal: refusal, verification: SSL_get_verify_result(ssl)))
        }
    }

    private func feed(_ input: inout ByteBuffer, atMost limit: Int) -> TLSError? {
        let isTaken = input.readWithUnsafeReadableBytes { bytes in
            var count = 0
            let result = BIO_write_ex(incoming, bytes.baseAddress, min(bytes.count, limit), &count)
            return (result == 1 ? count : 0, result == 1 && count > 0)
        }
        if isTaken { return nil }
        return .protocolViolation(reason: OpenSSLFailure.drain().text)
    }
}

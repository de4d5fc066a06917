import NIOCore

// Threat notes
//
// Everything that `channelRead` brings is hostile until OpenSSL has checked it. What this handler relies on and guards:
//
// 1. Memory before authentication: at most 64 KiB from the peer (``TLSEngine/maximumHandshakeByteCount``), certificates at most
//    16 KiB, our own early writes at most 64 KiB, all of it for at most ``TLSTimeouts/handshake``.
// 2. Memory afterwards: ciphertext enters OpenSSL in slices, plaintext leaves in buffers of at most ``maximumReadByteCount``
//    before more is decrypted; answers to key updates are capped over the connection's life. Nothing is kept between reads but
//    one incomplete record. Reads happen only when the channel above asks, or to finish a handshake or an orderly end.
// 3. Truncation: an end without close_notify is the error `.truncated`, also if the socket ends in good order.
// 4. Data before trust: nothing is passed on and no early write leaves before the peer is verified. A TLS 1.3 client completes
//    before the server has judged its certificate: the server's refusal arrives as `.peerAlert` afterwards.
// 5. Downgrade, renegotiation, compression, early data: switched off in ``TLSContext``. Resumption: the ticket holds the client's
//    certificate, sealed by the server; its last day and the device table are looked at again on every connection.
// 6. Re-entrance: every call up or down the pipeline may come back and change the state, so the state is settled before each
//    call and looked at again after it. Callbacks of OpenSSL never call out of the engine, except for the key log.
// 7. One failure, one error: whatever ends the connection moves the state to `closed` first, and `closed` says nothing.
// 8. Errors in a connection that this side is closing have nobody to tell: they just end the wait.
// 9. OpenSSL's own memory safety is the system's business; its objects have one owner each (engine, context) and no pointer to
//    a Swift object outlives that owner.

/// TLS 1.3 on a channel: ciphertext below, plaintext above, by the system's OpenSSL.
///
/// The handshake starts when the channel is active and ends with the user event ``TLSHandshakeCompleted`` or a ``TLSError``.
/// Writes before its end wait, at most ``maximumEarlyByteCount`` of them. `close()` sends what was written, then close_notify,
/// and waits ``TLSTimeouts/close`` for the peer's; `close(mode: .output)` ends this side's half. A peer's close_notify closes the
/// channel without an error or, with `allowRemoteHalfClosure`, is passed on as `ChannelEvent.inputClosed`.
public final class TLSHandler: ChannelDuplexHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    /// Bytes that may be written before the handshake is complete; one more fails the connection, as a gap would be worse.
    public static let maximumEarlyByteCount = 64 * 1_024
    /// Bytes in one buffer that is passed on.
    public static let maximumReadByteCount = 64 * 1_024

    private let engine: TLSEngine
    private let timeouts: TLSTimeouts
    private var state = TLSHandlerState.idle(EarlyWrites())
    /// The channel above asked for data and got none since.
    private var isReadOwed = false

    /// One handler serves one connection.
    public init(context: TLSContext, timeouts: TLSTimeouts = TLSTimeouts()) throws(TLSConfigurationError) {
        engine = try TLSEngine(context: context)
        self.timeouts = timeouts
    }

    public func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    public func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        if context.channel.isActive { begin(context) }
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        _ = leaveState(because: TLSError.ioClosed)
    }
}

// MARK: - Handshake

extension TLSHandler {
    private func begin(_ context: ChannelHandlerContext) {
        guard case .idle(let early) = state else { return }
        let deadline = schedule(context, in: timeouts.handshake) { self.fail(context, TLSError.handshakeTimeout) }
        state = .handshaking(early, deadline: deadline)
        advance(context, ByteBuffer())
        context.read()
    }

    private func advance(_ context: ChannelHandlerContext, _ input: ByteBuffer) {
        var input = input
        switch engine.advance(&input) {
        case .wantsMore: sendOutput(context)
        case .complete: complete(context, rest: input)
        case .failed(let error): fail(context, error)
        }
    }

    /// Early writes come before whatever the event makes others write.
    private func complete(_ context: ChannelHandlerContext, rest: ByteBuffer) {
        guard case .handshaking(let early, let deadline) = state else { return }
        deadline.cancel()
        state = .open
        sendOutput(context)
        for write in early.writes { encrypt(context, write.bytes, write.promise) }
        if early.isFlushed { context.flush() }
        guard !isClosed else { return }
        context.fireUserInboundEventTriggered(
            TLSHandshakeCompleted(
                peer: engine.peerCertificate, isResumed: engine.isResumed, certificateEnd: engine.peerCertificateEnd))
        receive(context, rest)
    }
}

// MARK: - Reading

extension TLSHandler {
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(context, unwrapInboundIn(data))
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        switch state {
        case .handshaking, .closing: context.read()
        case .open, .outputClosed:
            context.fireChannelReadComplete()
            if isReadOwed { context.read() }
        case .idle, .inputClosed, .closed: context.fireChannelReadComplete()
        }
    }

    public func read(context: ChannelHandlerContext) {
        isReadOwed = true
        context.read()
    }

    private func receive(_ context: ChannelHandlerContext, _ input: ByteBuffer) {
        switch state {
        case .handshaking: advance(context, input)
        case .open, .outputClosed: deliver(context, input)
        case .closing: discard(context, input)
        case .idle, .inputClosed, .closed: break
        }
    }

    private func deliver(_ context: ChannelHandlerContext, _ input: ByteBuffer) {
        var input = input
        while isReading {
            let (step, plaintext) = decrypt(context, &input)
            if plaintext.readableBytes > 0 {
                isReadOwed = false
                context.fireChannelRead(wrapInboundOut(plaintext))
            }
            switch step {
            case .outputIsFull: continue
            case .wantsMore: return
            case .closed: return peerClosed(context)
            case .failed(let error): return fail(context, error)
            }
        }
        if case .closing = state { discard(context, input) }
    }

    /// While closing, the peer's data has no reader left; its close_notify, or anything that is not TLS, ends the wait.
    private func discard(_ context: ChannelHandlerContext, _ input: ByteBuffer) {
        var input = input
        while case .closing = state {
            switch decrypt(context, &input).step {
            case .outputIsFull: continue
            case .wantsMore: return
            case .closed, .failed: return received(context, .peers)
            }
        }
    }

    private func decrypt(
        _ context: ChannelHandlerContext, _ input: inout ByteBuffer
    ) -> (step: TLSEngine.ReadStep, plaintext: ByteBuffer) {
        // Plaintext is shorter than ciphertext, of which the engine holds an incomplete record at most.
        let expected = input.readableBytes + TLSEngine.feedByteCount
        var plaintext = context.channel.allocator.buffer(capacity: min(expected, Self.maximumReadByteCount))
        let step = engine.decrypt(&input, into: &plaintext)
        if case .failed = step {} else { sendOutput(context) }
        return (step, plaintext)
    }

    private func peerClosed(_ context: ChannelHandlerContext) {
        switch state {
        case .open where isHalfClosureAllowed(context):
            state = .inputClosed
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .open, .outputClosed: beginClosing(context, awaiting: [.ours], promise: nil)
        case .closing: received(context, .peers)
        case .idle, .handshaking, .inputClosed, .closed: break
        }
    }

    private func isHalfClosureAllowed(_ context: ChannelHandlerContext) -> Bool {
        (try? context.channel.syncOptions?.getOption(.allowRemoteHalfClosure)) ?? false
    }
}

// MARK: - Writing

extension TLSHandler {
    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        switch withEarlyWrites({ $0.append(bytes, promise, limit: Self.maximumEarlyByteCount) }) {
        case true?: break
        case false?:
            promise?.fail(TLSError.tooMuchWrittenEarly)
            fail(context, TLSError.tooMuchWrittenEarly)
        case nil: encrypt(context, bytes, promise)
        }
    }

    public func flush(context: ChannelHandlerContext) {
        if withEarlyWrites({ $0.isFlushed = true }) == nil { context.flush() }
    }

    /// Nil when it is no longer early. Taken out of the state meanwhile, so that appending does not copy.
    private func withEarlyWrites<Result>(_ change: (inout EarlyWrites) -> Result) -> Result? {
        switch state {
        case .idle(var early):
            state = .closed
            defer { state = .idle(early) }
            return change(&early)
        case .handshaking(var early, let deadline):
            state = .closed
            defer { state = .handshaking(early, deadline: deadline) }
            return change(&early)
        case .open, .inputClosed, .outputClosed, .closing, .closed: return nil
        }
    }

    /// The ciphertext counts towards the channel's writability from here on, flushed or not.
    private func encrypt(_ context: ChannelHandlerContext, _ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
        switch state {
        case .open, .inputClosed:
            do throws(TLSError) {
                let ciphertext = try engine.encrypt(bytes, allocator: context.channel.allocator)
                context.write(wrapOutboundOut(ciphertext), promise: promise)
            } catch {
                promise?.fail(error)
                fail(context, error)
            }
        case .idle, .handshaking, .outputClosed, .closing, .closed: promise?.fail(TLSError.ioClosed)
        }
    }

    private func sendOutput(_ context: ChannelHandlerContext) {
        guard let output = engine.takeOutput(context.channel.allocator) else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
    }
}

// MARK: - Closing

extension TLSHandler {
    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .all: closeAll(context, promise)
        case .output: closeOutput(context, promise)
        case .input: promise?.fail(ChannelError.operationUnsupported)
        }
    }

    private func closeAll(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        switch state {
        case .idle, .handshaking:
            _ = leaveState(because: TLSError.ioClosed)
            context.close(promise: promise)
        case .open, .outputClosed: beginClosing(context, awaiting: [.ours, .peers], promise: promise)
        case .inputClosed: beginClosing(context, awaiting: [.ours], promise: promise)
        case .closing(let closing): closing.promise.futureResult.cascade(to: promise)
        case .closed: context.close(promise: promise)
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        switch state {
        case .open:
            state = .outputClosed
            engine.closeNotify()
            sendOutput(context)
            context.close(mode: .output, promise: promise)
        case .inputClosed: closeAll(context, promise)
        case .idle, .handshaking: promise?.fail(ChannelError.operationUnsupported)
        case .outputClosed, .closing, .closed: promise?.fail(ChannelError.outputClosed)
        }
    }

    private func beginClosing(
        _ context: ChannelHandlerContext, awaiting awaited: Set<TLSHandlerState.Farewell>, promise: EventLoopPromise<Void>?
    ) {
        let ended = context.eventLoop.makePromise(of: Void.self)
        ended.futureResult.cascade(to: promise)
        let deadline = schedule(context, in: timeouts.close) { self.finish(context) }
        state = .closing(.init(awaited: awaited, deadline: deadline, promise: ended))
        engine.closeNotify()
        sendOutput(context)
        // Written last, so done when everything before it has left.
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in self.received(context, .ours) }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(capacity: 0)), promise: sent)
        context.read()
    }

    private func received(_ context: ChannelHandlerContext, _ farewell: TLSHandlerState.Farewell) {
        guard case .closing(var closing) = state else { return }
        closing.awaited.remove(farewell)
        state = .closing(closing)
        if closing.awaited.isEmpty { finish(context) }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard case .closing(let closing) = state else { return }
        state = .closed
        closing.deadline.cancel()
        context.close(promise: closing.promise)
    }
}

// MARK: - Ends that nobody asked for

extension TLSHandler {
    public func channelInactive(context: ChannelHandlerContext) {
        let isTruncated = isReading || isHandshaking
        if leaveState(because: TLSError.truncated), isTruncated { context.fireErrorCaught(TLSError.truncated) }
        context.fireChannelInactive()
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed? = event as? ChannelEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        switch state {
        case .handshaking, .open, .outputClosed: fail(context, TLSError.truncated)
        case .closing: received(context, .peers)
        case .idle, .inputClosed, .closed: break
        }
    }

    /// The socket failed.
    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(context, error)
    }

    private func fail(_ context: ChannelHandlerContext, _ error: any Error) {
        if case .closing = state { return finish(context) }
        guard leaveState(because: error) else { return }
        // OpenSSL's alert, if it has one to send.
        sendOutput(context)
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }

    /// False if the connection had ended before.
    private func leaveState(because error: any Error) -> Bool {
        let old = state
        state = .closed
        old.abandon(error)
        if case .closed = old { return false }
        return true
    }

    private var isClosed: Bool { if case .closed = state { true } else { false } }
    private var isHandshaking: Bool { if case .handshaking = state { true } else { false } }
    /// Whether the channel above is to get what comes in.
    private var isReading: Bool {
        switch state {
        case .open, .outputClosed: true
        case .idle, .handshaking, .inputClosed, .closing, .closed: false
        }
    }

    private func schedule(
        _ context: ChannelHandlerContext, in delay: Duration, _ action: @escaping () -> Void
    ) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay), action)
    }
}
